import { readFile, rm, stat } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import type { Binaries } from './binaries.js';
import { tryConnect } from './connect.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { writeOwned, type Home } from './home.js';
import { freePort, isPortFree } from './port.js';
import { findPostmaster, spawnPostmaster, type Postmaster } from './postmaster.js';
import type { ProcessOwner } from './process-owner.js';

/** What is needed to run the server of one cluster. */
export type ServerSetup = {
  home: Home;
  binaries: Binaries;
  owner: ProcessOwner | null;
  password: string;
  viaWorkingDirectory: boolean;
  log: (message: string) => void;
};

const pause = 40;
const startPatience = 600_000;
const joinPatience = 60_000;
const slowStart = 5_000;

/**
 * Joins the server that runs on the cluster, waiting for one that is just starting or ending, or
 * starts one. Call it under the cluster's lock.
 *
 * @throws EmbeddedPostgresError with PostgreSQL's own words when it does not start
 */
export async function joinOrStart(setup: ServerSetup): Promise<Postmaster & { started: boolean }> {
  const joined = await joinRunning(setup);
  if (joined !== null) return { ...joined, started: false };
  return { ...(await start(setup)), started: true };
}

async function joinRunning(setup: ServerSetup): Promise<Postmaster | null> {
  const giveUpAt = performance.now() + joinPatience;
  for (;;) {
    const server = await findPostmaster(setup.home);
    if (server === null) return null;
    const result = server.port > 0 ? await tryConnect(server.port, setup.password) : 'later';
    if (result === 'ready') return server;
    if (result === 'refused-password') throw wrongPassword(setup.home);
    if (performance.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        `PostgreSQL (process ${server.pid}) holds ${setup.home.dataDir} but does not answer on port ${server.port}: see ${setup.home.log}, or end that process and start again.`,
      );
    }
    await wait(pause);
  }
}

async function start(setup: ServerSetup): Promise<Postmaster> {
  // No server of ours runs, and we hold the lock: a pid file now is a killed server's, and its
  // number may have gone to another program, which would make PostgreSQL refuse to start.
  await rm(setup.home.pidFile, { force: true });
  const giveUpAt = performance.now() + joinPatience;
  let port = await rememberedPort(setup.home);
  for (;;) {
    const logStart = await sizeOf(setup.home.log);
    const child = await spawnPostmaster({ ...setup, port });
    if (await becomesReady(setup, child, port)) {
      await writeOwned(setup.home, setup.home.port, `${port}\n`, 0o644);
      return { pid: child.pid ?? 0, port };
    }
    const words = await lastWords(setup.home.log, logStart);
    if (performance.now() > giveUpAt || !passesByItself(words)) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL could not start: ${complaintIn(words)} (the rest is in ${setup.home.log}).`,
      );
    }
    // Another program was quicker with the port; or processes of a killed server still linger.
    port = await rememberedPort(setup.home);
    await wait(pause);
  }
}

async function becomesReady(
  setup: ServerSetup,
  child: ChildProcess,
  port: number,
): Promise<boolean> {
  const startedAt = performance.now();
  let announced = false;
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const result = await tryConnect(port, setup.password);
    if (result === 'ready' && (await findPostmaster(setup.home))?.pid === child.pid) return true;
    const elapsed = performance.now() - startedAt;
    if (result === 'refused-password' && elapsed > slowStart) throw wrongPassword(setup.home);
    if (elapsed > startPatience) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL (process ${child.pid}) has not become ready in ten minutes: see ${setup.home.log}.`,
      );
    }
    if (elapsed > slowStart && !announced) {
      announced = true;
      setup.log('PostgreSQL is still starting; after a crash it first replays its journal.');
    }
    await wait(pause);
  }
  return false;
}

async function rememberedPort(home: Home): Promise<number> {
  const port = Number(await readFile(home.port, 'utf8').catch(() => '0'));
  if (Number.isInteger(port) && port > 0 && (await isPortFree(port))) return port;
  return freePort();
}

function passesByItself(words: string): boolean {
  return /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(
    words,
  );
}

function complaintIn(words: string): string {
  const lines = words.split('\n').filter((line) => /\b(FATAL|PANIC):/.test(line));
  const line = lines.at(-1) ?? words.trim().split('\n').at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC):\s*/, '').trim() || 'it ended without a message';
}

async function lastWords(log: string, from: number): Promise<string> {
  const text = await readFile(log).catch(() => Buffer.alloc(0));
  return text.subarray(Math.min(from, text.length)).toString('utf8');
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function wrongPassword(home: Home): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded database does not accept the password in ${home.password}: bring that file back from the backup that belongs to ${home.dataDir}.`,
  );
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((next) => setTimeout(next, milliseconds));
}
