import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { programRoot } from '#src/platform/paths.js';

/** The program that the processes run, see `useProgram`. */
export const userProgram = join(import.meta.dirname, 'user-process.ts');

/** A process of its own that uses the embedded database. */
export type UserProcess = {
  child: ChildProcess;
  /** What it said first: where the database is, or why there is none. */
  first: Promise<{ url: string; started: boolean; error?: string }>;
  /** Has it leave, and waits for its end; answers the exit status. */
  leave(): Promise<number | null>;
  /** Kills it, as if the machine had run out of memory. */
  kill(): Promise<void>;
};

/** Starts one from `program`; as another account where `uid` says so. */
export function startUser(
  program: string,
  dataDir: string,
  options: { uid?: number; programsDir?: string } = {},
): UserProcess {
  const child = spawn(
    process.execPath,
    [program, dataDir, ...(options.programsDir === undefined ? [] : [options.programsDir])],
    {
      cwd: programRoot,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  );
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit');
  return {
    child,
    first: Promise.race([once(lines, 'line'), exited]).then(([line]) => JSON.parse(String(line))),
    async leave() {
      child.stdin.end();
      const [status] = await exited;
      return Number(status);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** The number of the server's main process, as it says itself in its folder; null without a server. */
export function serverPid(dataDir: string): number | null {
  try {
    const file = join(dataDir, 'postgres-18', 'cluster', 'postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}
