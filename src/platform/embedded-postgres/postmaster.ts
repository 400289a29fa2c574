import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, realpath, rename, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import type { Binaries } from './binaries.js';
import { dataDirArgument, programEnvironment, spawnIdentity } from './cluster.js';
import { giveToFolderOwner, type Home } from './home.js';
import type { ProcessOwner } from './process-owner.js';
import { isRunning, programOf, workingFolderOf } from './process-identity.js';

/** A running server: PostgreSQL's main process and the port it listens on. */
export type Postmaster = { pid: number; port: number };

const logLimit = 10 * 1024 * 1024;
const closingGrace = 1_500;

/**
 * The server that runs on this cluster, as its `postmaster.pid` says, or null. The file may have
 * been left behind by a server that is no more, and its number may belong to another program by now.
 */
export async function findPostmaster(home: Home): Promise<Postmaster | null> {
  let lines: string[];
  try {
    lines = (await readFile(home.pidFile, 'utf8')).split('\n');
  } catch {
    return null;
  }
  // Line 1 is the process number, line 4 the port, empty while the server is just starting.
  const [pid, port] = [Number(lines[0]), Number(lines[3] ?? '')];
  const valid = Number.isInteger(pid) && pid > 0;
  return valid && (await isServerOf(pid, home)) ? { pid, port } : null;
}

async function isServerOf(pid: number, home: Home): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const program = programOf(pid);
  if (program !== null && !program.includes('postgres')) return false;
  // PostgreSQL works in its data directory, which tells our server from any other.
  const folder = workingFolderOf(pid);
  return folder === null || folder === (await realpath(home.dataDir));
}

/**
 * Starts a server, detached from the terminal so that Ctrl-C reaches only us, its messages going
 * to `server.log`. It may still end at once: watch `exitCode`.
 */
export async function spawnPostmaster(options: {
  home: Home;
  binaries: Binaries;
  owner: ProcessOwner | null;
  port: number;
  viaWorkingDirectory: boolean;
}): Promise<ChildProcess> {
  const { home, binaries, owner } = options;
  await rotateLog(home.log);
  const log = await open(home.log, 'a', 0o640);
  await giveToFolderOwner(home, home.log);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
  ].flatMap((setting) => ['-c', setting]);
  const dataDir = dataDirArgument(home.dataDir, options.viaWorkingDirectory);
  try {
    const child = spawn(binaries.postgres, ['-D', dataDir, '-p', `${options.port}`, ...settings], {
      cwd: home.dataDir,
      env: programEnvironment,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...spawnIdentity(owner),
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/**
 * Asks the server to end and waits for it. Connections that are just being closed get a moment for
 * that; those that stay open are cut.
 */
export async function stopPostmaster(
  home: Home,
  binaries: Binaries,
  patience = 60_000,
): Promise<boolean> {
  const server = await findPostmaster(home);
  if (server === null) return true;
  // PostgreSQL's smart, fast and immediate shutdown, one after the other.
  signal(server.pid, 'SIGTERM', binaries, home);
  if (await hasEnded(home, server.pid, closingGrace)) return true;
  signal(server.pid, 'SIGINT', binaries, home);
  if (await hasEnded(home, server.pid, patience)) return true;
  signal(server.pid, 'SIGQUIT', binaries, home);
  return hasEnded(home, server.pid, 10_000);
}

const modes = { SIGTERM: 'smart', SIGINT: 'fast', SIGQUIT: 'immediate' } as const;

function signal(pid: number, name: keyof typeof modes, binaries: Binaries, home: Home): void {
  if (platform() === 'win32') {
    const mode = modes[name];
    spawn(binaries.pgCtl, ['stop', '-D', home.dataDir, '-m', mode], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

async function hasEnded(home: Home, pid: number, patience: number): Promise<boolean> {
  const giveUpAt = performance.now() + patience;
  while (isRunning(pid)) {
    // The pid file goes last; the process may stay a zombie where nobody collects it.
    if (!(await stat(home.pidFile).catch(() => null))) return true;
    if (performance.now() > giveUpAt) return false;
    await new Promise((next) => setTimeout(next, 20));
  }
  return true;
}

async function rotateLog(log: string): Promise<void> {
  const size = await stat(log).then(
    (file) => file.size,
    () => 0,
  );
  if (size > logLimit) await rename(log, `${log}.old`);
}
