import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** All files below a folder, relative to it, with forward slashes, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/**
 * Writes a file with its folders, whole or not at all, so that a site that starts meanwhile never reads
 * half of one; a file that says the same already is left alone.
 */
export function writeIfChanged(file: string, content: Uint8Array): void {
  try {
    if (readFileSync(file).equals(content)) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true });
  }
  const draft = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

/** Removes from a folder what this build has not written. */
export function prune(folder: string, keep: ReadonlySet<string>): void {
  for (const file of filesBelow(folder)) {
    if (!keep.has(file) && !file.endsWith('.tmp')) rmSync(path.join(folder, file), { force: true });
  }
}
