import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { systemErrorCode } from '../system-error.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const run = promisify(execFile);

/** The account PostgreSQL runs as. */
export type ProcessOwner = { uid: number; gid: number; name: string };

const accountName = 'postgres';

/**
 * PostgreSQL refuses to run as root. Under root this answers the account to run it as: the one
 * that owns `cluster` already, else `postgres`, which is created where it is missing. Under an
 * ordinary user it answers null: PostgreSQL runs as that user.
 *
 * @throws EmbeddedPostgresError when there is no such account and none can be created
 */
export async function chooseOwner(cluster: string | null): Promise<ProcessOwner | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = cluster === null ? null : await ownerOf(cluster);
  if (existing !== null && existing.uid !== 0) return existing;
  const account = (await findAccount()) ?? (await createAccount());
  if (account !== null) return account;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the account "${accountName}" that Billet would run it as does not exist and could not be created: create it (useradd --system ${accountName}), start Billet as an ordinary user, or set DATABASE_URL.`,
  );
}

async function ownerOf(folder: string): Promise<ProcessOwner | null> {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid, name: `uid ${uid}` };
  } catch {
    return null;
  }
}

async function findAccount(): Promise<ProcessOwner | null> {
  try {
    const uid = Number((await run('id', ['-u', accountName])).stdout);
    const gid = Number((await run('id', ['-g', accountName])).stdout);
    return { uid, gid, name: accountName };
  } catch {
    return null;
  }
}

async function createAccount(): Promise<ProcessOwner | null> {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', accountName]],
    ['adduser', ['-S', '-D', '-H', accountName]],
  ];
  for (const [command, args] of attempts) {
    try {
      await run(command, args);
    } catch {
      continue;
    }
    const account = await findAccount();
    if (account !== null) return account;
  }
  return null;
}

/** Whether `owner` may go into `folder` and every folder above it (mode bits; no ACLs). */
export async function canEnter(folder: string, owner: ProcessOwner): Promise<boolean> {
  return (await firstClosedFolder(folder, owner)) === null;
}

/** The outermost folder on the way to `folder` that `owner` may not enter, or null. */
export async function firstClosedFolder(
  folder: string,
  owner: ProcessOwner,
): Promise<string | null> {
  const way = [resolve(folder)];
  for (let at = way[0] ?? '/'; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at));
  for (const step of way) {
    if (!(await mayEnter(step, owner))) return step;
  }
  return null;
}

async function mayEnter(folder: string, owner: ProcessOwner): Promise<boolean> {
  try {
    const { mode, uid, gid } = await stat(folder);
    if (uid === owner.uid) return (mode & 0o100) !== 0;
    if (gid === owner.gid) return (mode & 0o010) !== 0;
    return (mode & 0o001) !== 0;
  } catch (error) {
    // What does not exist yet is made by us with the right owner.
    return systemErrorCode(error) === 'ENOENT';
  }
}
