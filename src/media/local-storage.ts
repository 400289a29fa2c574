import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '#src/platform/folders.js';
import { asFullDisk } from '#src/platform/system-error.js';
import { MissingFileError, type Storage } from './storage.js';

const SEGMENT = /^[a-z0-9_-][a-z0-9._-]{0,127}$/;

/** Where files are written before they get their name; no key can reach it. */
const INCOMING = '.incoming';

/** What a killed process left in the incoming folder goes after this many milliseconds. */
const LEFTOVER_AGE = 24 * 60 * 60 * 1000;

/** Files in a folder of this machine. Private files and their folders are for their owner alone. */
export function createLocalStorage(root: string): Storage {
  const incoming = path.join(root, INCOMING);
  const fileOf = (key: string): string => path.join(root, ...segmentsOf(key));
  let swept: Promise<void> | undefined;

  return {
    async put(key, content, options) {
      const file = fileOf(key);
      const temporary = path.join(incoming, randomBytes(12).toString('hex'));
      try {
        await makeFolder(incoming, 0o700);
        await (swept ??= removeLeftovers(incoming));
        await makeFolder(path.dirname(file), options.private ? 0o700 : 0o755);
        await writeDurably(temporary, content, options.private ? 0o600 : 0o644);
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw asFullDisk(error);
      }
      await syncFolder(path.dirname(file));
    },
    get: (key) => readFile(fileOf(key)).catch((error: unknown) => fail(error, key)),
    async read(key, range) {
      const handle = await open(fileOf(key), 'r').catch((error: unknown) => fail(error, key));
      return handle.createReadStream(range);
    },
    async size(key) {
      return (await statOf(fileOf(key)))?.size ?? null;
    },
    async exists(key) {
      return (await statOf(fileOf(key))) !== null;
    },
    remove: (key) => rm(fileOf(key), { force: true }),
    async check() {
      await makeFolder(incoming, 0o700);
      const probe = path.join(incoming, `check-${randomBytes(12).toString('hex')}`);
      const handle = await open(probe, 'wx', 0o600);
      await handle.writeFile('ok').finally(() => handle.close());
      await readFile(probe);
      await unlink(probe);
    },
  };
}

function segmentsOf(key: string): string[] {
  const segments = key.split('/');
  if (segments.length > 8 || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new Error(`${JSON.stringify(key.slice(0, 200))} is not the key of a file.`);
  }
  return segments;
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function fail(error: unknown, key: string): never {
  throw isMissing(error) ? new MissingFileError(key) : error;
}

async function statOf(file: string): Promise<Stats | null> {
  try {
    const found = await stat(file);
    return found.isFile() ? found : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeDurably(file: string, content: Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// A rename is only safe from a power cut once its folder is on the disk too; some systems refuse
// to open folders, and there nothing more can be done.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

async function removeLeftovers(folder: string): Promise<void> {
  const before = Date.now() - LEFTOVER_AGE;
  for (const name of await readdir(folder)) {
    const found = await statOf(path.join(folder, name));
    if (found && found.mtimeMs < before) await rm(path.join(folder, name), { force: true });
  }
}
