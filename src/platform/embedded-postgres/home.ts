import { randomBytes } from 'node:crypto';
import { chmod, chown, lchown, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../folders.js';
import { systemErrorCode } from '../system-error.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { firstClosedFolder, type ProcessOwner } from './process-owner.js';

/** The files of one embedded cluster, all in `<DATA_DIR>/postgres-<major>/`. */
export type Home = {
  folder: string;
  dataDir: string;
  pidFile: string;
  password: string;
  port: string;
  lock: string;
  users: string;
  log: string;
};

/** Names the files; touches nothing. */
export function homeIn(dataDir: string, major: number): Home {
  const folder = join(dataDir, `postgres-${major}`);
  return {
    folder,
    dataDir: join(folder, 'cluster'),
    pidFile: join(folder, 'cluster', 'postmaster.pid'),
    password: join(folder, 'password'),
    port: join(folder, 'port'),
    lock: join(folder, 'lock'),
    users: join(folder, 'users'),
    log: join(folder, 'server.log'),
  };
}

/**
 * Makes the folder, or checks that it can be used.
 *
 * @throws EmbeddedPostgresError when it cannot be written, belongs to somebody else, or holds the
 *   data of another major version of PostgreSQL
 */
export async function prepareHome(
  home: Home,
  major: number,
  owner: ProcessOwner | null,
): Promise<void> {
  const parent = dirname(home.folder);
  try {
    await makeFolder(parent);
    await refuseOtherMajor(parent, major);
    await makeFolder(home.folder, 0o700);
    if (owner === null) await refuseForeignOwner(home.folder);
    else await openFor(owner, home);
    await makeFolder(home.users, 0o755);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The folder ${home.folder} for the embedded database cannot be used (${systemErrorCode(error) ?? String(error)}): make it writable, or set DATA_DIR to a folder that is.`,
    );
  }
}

// Starting an empty cluster beside the old one would look as if everything had been lost.
async function refuseOtherMajor(parent: string, major: number): Promise<void> {
  const majors = (await readdir(parent)).flatMap(
    (name) => /^postgres-(\d+)$/.exec(name)?.[1] ?? [],
  );
  const other = majors.find((found) => Number(found) !== major);
  if (other === undefined || majors.includes(`${major}`)) return;
  throw new EmbeddedPostgresError(
    `${join(parent, `postgres-${other}`)} holds the data of PostgreSQL ${other}, and this version of Billet brings PostgreSQL ${major}: run the version of Billet that made it, dump the database there, and restore it here.`,
  );
}

/** @throws EmbeddedPostgresError when the cluster's files are of another major version */
export async function refuseOtherVersion(home: Home, major: number): Promise<void> {
  const found = (await readFile(join(home.dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (found === `${major}`) return;
  throw new EmbeddedPostgresError(
    `${home.dataDir} holds the data of PostgreSQL ${found}, which PostgreSQL ${major} cannot read: move the folder away, or run the version of Billet that made it.`,
  );
}

async function refuseForeignOwner(folder: string): Promise<void> {
  const { uid } = await stat(folder);
  const own = process.getuid?.();
  if (own === undefined || uid === own) return;
  throw new EmbeddedPostgresError(
    `The embedded database in ${folder} belongs to another account (user id ${uid}): run this command as that account or as root, or set DATA_DIR to a folder of your own.`,
  );
}

// Under root the folder stays root's, so that the database's account can plant nothing in it; that
// account passes through to the cluster, which is its own.
async function openFor(owner: ProcessOwner, home: Home): Promise<void> {
  if ((await stat(home.folder)).uid === 0) await chmod(home.folder, 0o711);
  if (!(await exists(home.dataDir)) || (await stat(home.dataDir)).uid === owner.uid) return;
  // Files brought back by root, from a backup for instance: PostgreSQL only takes its own.
  await chown(home.dataDir, owner.uid, owner.gid);
  await chmod(home.dataDir, 0o700);
  for (const name of await readdir(home.dataDir, { recursive: true })) {
    await lchown(join(home.dataDir, name), owner.uid, owner.gid);
  }
}

/** Writes a small file that whoever owns the folder can read and replace. */
export async function writeOwned(
  home: Home,
  file: string,
  text: string,
  mode: number,
): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { mode });
  await giveToFolderOwner(home, file);
}

/** Under root, gives a file to the account that the folder belongs to. */
export async function giveToFolderOwner(home: Home, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(home.folder);
  await lchown(file, uid, gid);
}

/**
 * Whether PostgreSQL must be started inside its data directory, because its account cannot pass
 * through a folder above it.
 *
 * @throws EmbeddedPostgresError where the system offers no way to do that
 */
export async function needsWorkingDirectory(
  home: Home,
  owner: ProcessOwner | null,
): Promise<boolean> {
  if (owner === null) return false;
  const closed = await firstClosedFolder(home.dataDir, owner);
  if (closed === null) return false;
  if (platform() === 'linux') return true;
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as the account "${owner.name}", which may not enter ${closed}: set DATA_DIR to a folder outside of it, or start Billet as an ordinary user.`,
  );
}

/** The cluster's password, made once and readable by its owner alone. */
export async function passwordOf(home: Home): Promise<string> {
  try {
    return (await readFile(home.password, 'utf8')).trim();
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  if (await exists(home.dataDir)) {
    throw new EmbeddedPostgresError(
      `The file ${home.password} with the embedded database's password is missing: bring it back from a backup of DATA_DIR.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeOwned(home, home.password, `${password}\n`, 0o600);
  return password;
}

/** Whether there is something of this name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
