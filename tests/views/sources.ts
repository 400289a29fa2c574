import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the project. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** The files under `folder` with this ending, as path (from the root) and content. */
export function sources(folder: string, ending: string): { file: string; content: string }[] {
  return walk(path.join(root, folder))
    .filter((file) => file.endsWith(ending) && !file.includes(`${path.sep}generated${path.sep}`))
    .map((file) => ({ file: path.relative(root, file), content: readFileSync(file, 'utf8') }));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
