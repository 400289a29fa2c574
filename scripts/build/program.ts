import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { filesBelow, writeIfChanged } from './files.js';

/**
 * Turns src/ into dist/, file by file: types are dropped, nothing is bundled, `#src/…` imports stay
 * and lead to dist/ by package.json. Returns the files written, relative to `outDir`.
 */
export async function buildProgram(srcDir: string, outDir: string): Promise<string[]> {
  const sources = filesBelow(srcDir).filter((file) => !file.endsWith('.d.ts'));
  const typescript = sources.filter((file) => file.endsWith('.ts'));
  const result = await build({
    entryPoints: typescript.map((file) => path.join(srcDir, file)),
    outbase: srcDir,
    outdir: outDir,
    bundle: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    sourcesContent: false,
    write: false,
    logLevel: 'warning',
  });
  const written = result.outputFiles.map((file) => {
    writeIfChanged(file.path, file.contents);
    return path.relative(outDir, file.path).split(path.sep).join('/');
  });
  const others = sources.filter(
    (file) => !file.endsWith('.ts') && !path.basename(file).startsWith('.'),
  );
  for (const file of others) {
    writeIfChanged(path.join(outDir, file), readFileSync(path.join(srcDir, file)));
  }
  return [...written, ...others];
}
