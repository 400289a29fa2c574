import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareBinaries, type Binaries } from './binaries.js';
import { initialiseCluster } from './cluster.js';
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
  const owner = await chooseOwner(null);
  const folder = await mkdtemp(join(tmpdir(), 'billet-throwaway-'));
  const binaries = await prepareBinaries({
    packageName: options.major === 'oldest' ? 'embedded-postgres-14' : 'embedded-postgres',
    owner,
    fallbackDir: (version) => join(tmpdir(), `billet-postgresql-${version}`),
  });
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  const password = randomBytes(18).toString('base64url');
  const dataDir = join(folder, 'cluster');
  await initialiseCluster({ binaries, owner, home: folder, dataDir, user, password, sync: false });
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const url = (database: string): string =>
      `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
    const child = launch(binaries, owner, folder, dataDir, port);
    if (await answers(child, url('postgres'))) {
      return { url, adminUrl: url('postgres'), stop: () => end(child, folder) };
    }
    if (attempt === 3) {
      await rm(folder, { recursive: true, force: true });
      throw new EmbeddedPostgresError('A throw-away PostgreSQL could not be started.');
    }
  }
}

// The shell outlives PostgreSQL and waits for the end of its standard input, which comes when this
// process closes it or dies, even by SIGKILL: then it ends the server and deletes the folder.
const guardScript = `
folder="$1"; shift
"$@" >"$folder/server.log" 2>&1 &
server=$!
( cat >/dev/null; kill -QUIT "$server" 2>/dev/null ) <&3 &
watcher=$!
wait "$server"
if read -r line <&3; then :; fi
kill "$watcher" 2>/dev/null
rm -rf "$folder"
`;

function launch(
  binaries: Binaries,
  owner: ProcessOwner | null,
  folder: string,
  dataDir: string,
  port: number,
): ChildProcess {
  const settings = [
    `listen_addresses=127.0.0.1`,
    `unix_socket_directories=`,
    `fsync=off`,
    `synchronous_commit=off`,
    `full_page_writes=off`,
    `max_connections=200`,
    `timezone=UTC`,
  ].flatMap((setting) => ['-c', setting]);
  return spawn(
    '/bin/sh',
    ['-c', guardScript, 'sh', folder, binaries.postgres, '-D', dataDir, '-p', `${port}`].concat(
      settings,
    ),
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      cwd: tmpdir(),
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
    },
  );
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const giveUpAt = performance.now() + 30_000;
  while (child.exitCode === null && performance.now() < giveUpAt) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined);
      await new Promise((next) => setTimeout(next, 25));
    }
  }
  return false;
}
