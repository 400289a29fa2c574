import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { systemErrorCode } from '../system-error.js';
import {
  currentProcess,
  isAlive,
  parseIdentity,
  type ProcessIdentity,
} from './process-identity.js';

type Holder = ProcessIdentity & { id: string };

/**
 * Runs `work` while no other process does so with the same file. A lock whose holder has died
 * (even by SIGKILL) is taken over.
 *
 * @throws the error of `giveUp` when the lock is held for longer than `patience` milliseconds
 */
export async function withFileLock<T>(
  file: string,
  options: { patience: number; giveUp: (holder: number) => Error },
  work: () => Promise<T>,
): Promise<T> {
  const mine = JSON.stringify({ ...currentProcess(), id: randomUUID() } satisfies Holder);
  const giveUpAt = performance.now() + options.patience;
  while (!(await tryAcquire(file, mine))) {
    const text = await readIfThere(file);
    const holder = text === null ? null : parseIdentity(text);
    if (text !== null && (holder === null || !isAlive(holder))) {
      await removeDead(file, text, options);
    } else if (performance.now() > giveUpAt) {
      throw options.giveUp(holder?.pid ?? 0);
    } else {
      await new Promise((next) => setTimeout(next, 40));
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

// link() is atomic and fails when the name is taken; the content is there from the first moment.
async function tryAcquire(file: string, content: string): Promise<boolean> {
  const own = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(own, content, { mode: 0o644 });
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

// Of several processes that see the same dead holder only one may remove its lock, and only that
// lock: so the removal has a lock of its own, named after the dead holder.
async function removeDead(
  file: string,
  dead: string,
  options: { patience: number; giveUp: (holder: number) => Error },
): Promise<void> {
  const name = createHash('sha256').update(dead).digest('hex').slice(0, 16);
  await withFileLock(`${file}.${name}`, options, async () => {
    if ((await readIfThere(file)) === dead) await rm(file, { force: true });
  });
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
