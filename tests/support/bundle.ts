import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { programRoot } from '#src/platform/paths.js';

/**
 * Turns a program of the sources into one file that Node runs as it is, in a third of the time that
 * hundreds of files take: for tests that start many processes. The path is there in tests and hooks.
 */
export function useProgram(entry: string): { readonly file: string } {
  let folder: string;
  beforeAll(async () => {
    // Two folders below the root, as src/platform is: from there the program finds what it ships.
    folder = mkdtempSync(path.join(programRoot, 'node_modules', '.billet-test-'));
    // Some tests run it as another account.
    chmodSync(folder, 0o755);
    await build({
      entryPoints: [entry],
      outfile: path.join(folder, 'main.mjs'),
      bundle: true,
      packages: 'external',
      conditions: ['billet-source'],
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      logLevel: 'warning',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get file() {
      return path.join(folder, 'main.mjs');
    },
  };
}
