import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareBinaries, type Binaries, type PostgresPackage } from './binaries.js';
import { initialiseCluster, programEnvironment, spawnIdentity } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { freePort } from './port.js';
import { chooseOwner, type ProcessOwner } from './process-owner.js';

/** A PostgreSQL for one test run: nothing in it survives. */
export type ThrowawayPostgres = {
  /** The connection URL of a database of this server (which need not exist yet). */
  url(database: string): string;
  /** The connection URL of the maintenance database `postgres`, as superuser. */
  adminUrl: string;
  /** Ends the server and deletes its files. */
  stop(): Promise<void>;
};

const user = 'billet';

/**
 * Starts a PostgreSQL in a temporary folder, without the care for durability that a real one
 * needs. It ends and its files go when `stop` is called or when this process dies, however it dies.
 *
 * @throws EmbeddedPostgresError when it cannot be started
 */
export async function startThrowawayPostgres(
  options: { major?: 'newest' | 'oldest' } = {},
): Promise<ThrowawayPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const server = await startOnce(
      options.major === 'oldest' ? 'embedded-postgres-14' : 'embedded-postgres',
    );
    if (server !== null) return server;
    if (attempt === 3) {
      throw new EmbeddedPostgresError('A throw-away PostgreSQL could not be started.');
    }
  }
}

async function startOnce(packageName: PostgresPackage): Promise<ThrowawayPostgres | null> {
  const owner = await chooseOwner(null);
  const binaries = await prepareBinaries({
    packageName,
    owner,
    fallbackDir: (version) => join(tmpdir(), `billet-postgresql-${version}`),
  });
  const folder = await mkdtemp(join(tmpdir(), 'billet-throwaway-'));
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  const password = randomBytes(18).toString('base64url');
  const dataDir = join(folder, 'cluster');
  await initialiseCluster({ binaries, owner, home: folder, dataDir, user, password, sync: false });
  const port = await freePort();
  const url = (database: string): string =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  const guard = launch(binaries, owner, folder, port);
  if (await answers(folder, url('postgres'))) {
    return { url, adminUrl: url('postgres'), stop: () => end(guard) };
  }
  await end(guard);
  return null;
}

// The shell waits for the end of its third channel, which comes when this process closes it or
// dies, even by SIGKILL: then it ends the server and deletes the folder.
const guardScript = `
folder="$1"; shift
"$@" >"$folder/server.log" 2>&1 3<&- &
cat <&3 >/dev/null
kill -QUIT $! 2>/dev/null
wait
rm -rf "$folder"
`;

function launch(
  binaries: Binaries,
  owner: ProcessOwner | null,
  folder: string,
  port: number,
): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'timezone=UTC',
  ].flatMap((setting) => ['-c', setting]);
  const server = [binaries.postgres, '-D', join(folder, 'cluster'), '-p', `${port}`, ...settings];
  return spawn('/bin/sh', ['-c', guardScript, 'sh', folder, ...server], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    cwd: tmpdir(),
    env: programEnvironment,
    ...spawnIdentity(owner),
  });
}

async function answers(folder: string, url: string): Promise<boolean> {
  const giveUpAt = performance.now() + 30_000;
  while (performance.now() < giveUpAt) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined);
      const log = await readFile(join(folder, 'server.log'), 'utf8').catch(() => '');
      if (log.includes('database system is shut down')) return false;
      await new Promise((next) => setTimeout(next, 25));
    }
  }
  return false;
}

function end(guard: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (guard.exitCode !== null) return done();
    guard.once('exit', () => done());
    const channel = guard.stdio[3];
    if (channel && 'destroy' in channel) channel.destroy();
  });
}
