import { spawn } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { platform } from 'node:os';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ProcessOwner } from './process-owner.js';

/** What PostgreSQL's programs see of the environment: nothing of ours, no locale but C. */
export const programEnvironment =
  platform() === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** `uid` and `gid` for `spawn`, or nothing under an ordinary user. */
export function spawnIdentity(owner: ProcessOwner | null): { uid?: number; gid?: number } {
  return owner === null ? {} : { uid: owner.uid, gid: owner.gid };
}

type NewCluster = {
  binaries: Binaries;
  owner: ProcessOwner | null;
  /** Folder of ours around the data directory, entered by `owner`. */
  home: string;
  dataDir: string;
  user: string;
  password: string;
  /** False leaves the files unflushed: for throw-away servers only. */
  sync: boolean;
  /** Address the data directory as the working directory, see `dataDirArgument`. */
  viaWorkingDirectory?: boolean;
};

/**
 * Makes a new cluster in `dataDir`: UTF-8, a collation that does not depend on the machine's
 * libraries, SCRAM passwords, connections from 127.0.0.1 alone. It appears under its name only
 * when it is whole, so that an interrupted start leaves nothing half-made behind.
 */
export async function initialiseCluster(cluster: NewCluster): Promise<void> {
  const { binaries, owner, home, dataDir } = cluster;
  const unfinished = `${dataDir}.new`;
  const passwordFile = join(home, 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (owner !== null) {
    await chown(unfinished, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  const viaWorkingDirectory = cluster.viaWorkingDirectory ?? false;
  try {
    await runProgram(binaries.initdb, {
      owner,
      cwd: viaWorkingDirectory ? unfinished : dirname(unfinished),
      args: [
        `--pgdata=${dataDirArgument(unfinished, viaWorkingDirectory)}`,
        `--username=${cluster.user}`,
        `--pwfile=${viaWorkingDirectory ? '/proc/self/cwd/../initdb-password' : passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...localeArguments(binaries.major),
        ...(cluster.sync ? [] : ['--no-sync']),
      ],
    });
    await rename(unfinished, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * How PostgreSQL is told its data directory. Where its user cannot pass through the folders above
 * (`/root` with mode 700), the process starts *in* the directory and reaches it through
 * `/proc/self/cwd`, which needs no permission on the way: so the data stay where the operator
 * expects them.
 */
export function dataDirArgument(dataDir: string, viaWorkingDirectory: boolean): string {
  return viaWorkingDirectory ? '/proc/self/cwd' : dataDir;
}

// The builtin provider (PostgreSQL 17) sorts by code point and lower-cases all of Unicode, and
// never changes with the operating system, so that no index breaks after an upgrade of it.
function localeArguments(major: number): string[] {
  if (major >= 17) {
    return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  }
  return platform() === 'linux' ? ['--locale=C.UTF-8'] : ['--locale=C'];
}

function runProgram(
  program: string,
  options: { args: string[]; cwd: string; owner: ProcessOwner | null },
): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, options.args, {
      cwd: options.cwd,
      env: programEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      ...spawnIdentity(options.owner),
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', (error) => failed(cannotCreate(error.message)));
    child.on('close', (code, signal) => {
      if (code === 0) done();
      else failed(cannotCreate(complaint.trim() || `it ended with ${signal ?? String(code)}`));
    });
  });
}

function cannotCreate(reason: string): EmbeddedPostgresError {
  const line = reason.split('\n').find((text) => text.includes('error')) ?? reason;
  return new EmbeddedPostgresError(`The embedded database could not be created: ${line.trim()}.`);
}
