import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** A site started the way a newcomer starts it, in an empty folder of its own. */
export interface Site {
  url: string;
  /** The link that the start printed, or null when there is an admin already. */
  setupLink: string | null;
  env: Record<string, string>;
  /** Runs a `billet` command beside the site; resolves with its output. */
  billet(...args: string[]): Promise<string>;
  /** Ends the process (SIGTERM) and resolves with its exit status. */
  stop(): Promise<number | null>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function run(env: Record<string, string>, args: string[]): ChildProcess {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'main.js'), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return child;
}

function collect(child: ChildProcess): { text: () => string } {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { text: () => output };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`The site ended with ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Starts a site on a free port with empty data; `extra` are further settings. */
export async function startSite(extra: Record<string, string> = {}): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), 'billet-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    LOG_LEVEL: 'warn',
    ...extra,
  };
  let child: ChildProcess;
  const site: Site = {
    url,
    setupLink: null,
    env,
    async billet(...args) {
      const command = run(env, args);
      const output = collect(command);
      const [code] = (await once(command, 'close')) as [number | null];
      if (code !== 0)
        throw new Error(`billet ${args.join(' ')} ended with ${code}:\n${output.text()}`);
      return output.text();
    },
    async start() {
      child = run(env, ['serve']);
      const output = collect(child);
      await untilReady(url, child, output.text);
      site.setupLink = /https?:\/\/\S+\/setup\?token=\S+/.exec(output.text())?.[0] ?? null;
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'close');
      }
      return child.exitCode;
    },
    async remove() {
      await site.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await site.start();
  return site;
}
