import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './system-error.js';

/**
 * Makes a folder and those above it that are missing; one that is there is left as it is. Node's own
 * `recursive` never ends where the system answers ENOENT below a folder that exists, as Linux does in
 * /proc.
 *
 * @throws the system's error where a folder cannot be made, or something else is in its place
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  if (await stat(folder).then((found) => found.isDirectory(), isMissing)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above, mode);
  await mkdir(folder, { mode }).catch(async (error: unknown) => {
    // Somebody else made it at the same moment.
    if (systemErrorCode(error) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  });
}

/** `makeFolder`, for where nobody can wait. */
export function makeFolderSync(folder: string, mode = 0o777): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (above !== folder) makeFolderSync(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}

function isMissing(error: unknown): false {
  if (systemErrorCode(error) === 'ENOENT') return false;
  throw error;
}
