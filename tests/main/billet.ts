import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { freePort } from '#src/platform/embedded-postgres/port.js';
import { programRoot } from '#src/platform/paths.js';
import { useProgram } from '../support/bundle.js';

/** A `billet` command that runs. */
export type Running = {
  child: ChildProcess;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Its exit status; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Resolves when it has printed this. */
  prints(text: string | RegExp): Promise<void>;
};

/** An installation of its own: data folder, port and settings, and the real command line. */
export type Installation = {
  readonly url: string;
  readonly env: Record<string, string>;
  /** Starts a command and does not wait for it. */
  start(args: string[], env?: Record<string, string>): Running;
  /** Runs a command to its end. */
  run(args: string[], env?: Record<string, string>): Promise<Finished>;
  /** Starts the site and waits until it answers. */
  serve(args?: string[], env?: Record<string, string>): Promise<Running>;
};

/** What a command left. */
export type Finished = { status: number | null; stdout: string; stderr: string };

/** Gives every test an installation, and ends whatever the test has left running. */
export function useInstallation(): Installation {
  const program = useProgram(join(programRoot, 'src', 'main.ts'));
  const running: Running[] = [];
  let env: Record<string, string> = {};
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'billet-main-'));
    env = {
      PATH: process.env.PATH ?? '',
      PORT: `${await freePort()}`,
      DATA_DIR: join(folder, 'data'),
      MEDIA_DIR: join(folder, 'media'),
      LOG_LEVEL: 'warn',
    };
  });

  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    // Whoever joins and leaves last stops the database that a killed process left behind.
    const pidFile = join(folder, 'data', 'postgres-18', 'cluster', 'postmaster.pid');
    if (existsSync(pidFile)) await installation.run(['migrate', '--status']);
    rmSync(folder, { recursive: true, force: true });
  });

  const installation: Installation = {
    get url() {
      return `http://localhost:${env.PORT}`;
    },
    get env() {
      return env;
    },
    start(args, extra = {}) {
      const command = launch(program.file, args, { ...env, ...extra });
      running.push(command);
      return command;
    },
    async run(args, extra = {}) {
      const command = launch(program.file, args, { ...env, ...extra });
      const status = await command.ended;
      return { status, stdout: command.stdout(), stderr: command.stderr() };
    },
    async serve(args = [], extra = {}) {
      const site = installation.start(['serve', ...args], extra);
      await site.prints('Billet runs at');
      return site;
    },
  };
  return installation;
}

function launch(program: string, args: string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: programRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([status]) => (status === null ? null : Number(status)));
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    prints: (text) =>
      vi.waitFor(
        () => {
          if (stdout.search(text) >= 0) return;
          const end = child.exitCode === null ? '' : ` and ended with ${child.exitCode}`;
          throw new Error(`It has not printed ${String(text)}${end}:\n${stdout}${stderr}`);
        },
        { timeout: 100_000, interval: 50 },
      ),
  };
}
