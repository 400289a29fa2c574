import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';
import { z } from 'zod';

// `startedAt` is opaque, and empty where the system does not tell when a process began.
const identitySchema = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/** A process, told apart from a later one that was given the same number. */
export type ProcessIdentity = z.output<typeof identitySchema>;

/** Reads an identity written as JSON; null for anything else. */
export function parseIdentity(json: string): ProcessIdentity | null {
  try {
    return identitySchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** This process. */
export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) };
}

/** Whether that very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (!isRunning(identity.pid)) return false;
  if (identity.startedAt === '') return true;
  const startedAt = startOf(identity.pid);
  return startedAt === '' || startedAt === identity.startedAt;
}

/** Whether some process has this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return stateOf(pid) !== 'Z';
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The name of the program that a process runs, or null when there is none or it is not told. */
export function programOf(pid: number): string | null {
  try {
    if (platform() === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return execFileSync('ps', ['-o', 'comm=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** The folder a process works in, or null where that is not told. */
export function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

// proc(5): field 22 of stat is the start in ticks since boot; boot_id tells boots apart. The name
// in field 2 may hold blanks and brackets, so fields are counted from the last bracket.
function startOf(pid: number): string {
  try {
    if (platform() === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot} ${statFields(pid)[19] ?? ''}`;
    }
    if (platform() === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function stateOf(pid: number): string {
  try {
    return platform() === 'linux' ? (statFields(pid)[0] ?? '') : '';
  } catch {
    return '';
  }
}

function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
