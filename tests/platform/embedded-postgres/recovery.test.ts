import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '#src/platform/embedded-postgres/index.js';
import { isRunning } from '#src/platform/embedded-postgres/process-identity.js';
import { query, serverPid } from './processes.js';

const log = { info: () => undefined, warn: () => undefined };

describe('recovering the embedded database', () => {
  let dataDir: string;
  let home: string;
  let database: EmbeddedPostgres | undefined;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'billet-embedded-'));
    home = join(dataDir, 'postgres-18');
  });

  afterEach(async () => {
    await database?.stop();
    database = undefined;
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(options: { keepRunning?: boolean } = {}): Promise<EmbeddedPostgres> {
    database = await startEmbeddedPostgres({ dataDir, log, ...options });
    return database;
  }

  /** Fills the database, stops it, and answers what its pid file said. */
  async function usedBefore(): Promise<string> {
    const { url, stop } = await start();
    await query(url, 'create table kept as select 42 as answer');
    const pidFile = readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8');
    await stop();
    return pidFile;
  }

  async function killServer(): Promise<void> {
    const pid = serverPid(dataDir) ?? 0;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000);
  }

  const kept = (url: string): Promise<unknown[]> => query(url, 'select answer from kept');

  it('replays the journal after the server itself was killed', async () => {
    const { url } = await start();
    await query(url, 'create table kept as select 42 as answer');
    await killServer();
    expect(serverPid(dataDir)).not.toBeNull();
    await database?.stop();
    const again = await start();
    expect(again.started).toBe(true);
    expect(await kept(again.url)).toEqual([42]);
  });

  it('starts the server again when it dies while it is in use', async () => {
    const { url } = await start({ keepRunning: true });
    await query(url, 'create table kept as select 42 as answer');
    const before = serverPid(dataDir);
    await killServer();
    await vi.waitFor(async () => expect(await kept(url)).toEqual([42]), 30_000);
    expect(serverPid(dataDir)).not.toBe(before);
  });

  it('does not take another program for its server because of the number in an old pid file', async () => {
    const pidFile = await usedBefore();
    const other: ChildProcess = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      const stale = pidFile.replace(/^\d+/, `${other.pid}`);
      writeFileSync(join(home, 'cluster', 'postmaster.pid'), stale);
      const { url, started } = await start();
      expect(started).toBe(true);
      expect(await kept(url)).toEqual([42]);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('moves to another port when its own is taken, and comes back to the one it had', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await database?.stop();
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
    try {
      const elsewhere = await start();
      expect(new URL(elsewhere.url).port).not.toBe(`${port}`);
      const moved = new URL(elsewhere.url).port;
      await elsewhere.stop();
      expect(new URL((await start()).url).port).toBe(moved);
    } finally {
      squatter.close();
    }
  });

  it('makes the cluster anew when its making was interrupted', async () => {
    await usedBefore();
    // An initdb that was killed: the unfinished folder lies beside the place of the finished one.
    renameSync(join(home, 'cluster'), join(home, 'cluster.new'));
    const { url } = await start();
    await expect(kept(url)).rejects.toThrow('relation "kept" does not exist');
  });
});
