import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, formatMessages, type Plugin } from 'esbuild';
import { filesBelow, writeIfChanged } from './files.js';

/** Browsers that the style sheets and scripts are written down to. */
const BROWSERS = ['chrome100', 'edge100', 'firefox100', 'safari15.4'];

/** Kinds of files that shrink: the others are compressed already. */
const COMPRESSIBLE = /\.(?:css|js|svg|json|txt|map)$/;

/** From the name of a source to the name of the built file. */
type Manifest = Record<string, string>;

/** Names in the manifest that the build before has left. */
function previousNames(outDir: string): string[] {
  const file = path.join(outDir, 'manifest.json');
  if (!existsSync(file)) return [];
  const names = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Manifest);
  return names.flatMap((name) => [name, `${name}.br`, `${name}.gz`]);
}

/** Top-level style sheets and scripts are entries; what they import lies in folders below. */
const isEntry = (name: string): boolean => /^(?:css|js)\/[^/]+\.(?:css|js)$/.test(name);
const isCopied = (name: string): boolean =>
  /^(?:fonts|img)\//.test(name) && !/\.(?:txt|md)$/.test(name);

function fingerprinted(name: string, content: Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const { dir, name: base, ext } = path.posix.parse(name);
  return path.posix.join(dir, `${base}-${hash}${ext}`);
}

/** Leads `url(../fonts/x.woff2)` in style sheets to the fingerprinted file. */
function fingerprintedUrls(publicDir: string, manifest: Manifest): Plugin {
  return {
    name: 'fingerprinted-urls',
    setup(builder) {
      builder.onResolve({ filter: /./ }, (found) => {
        if (found.kind !== 'url-token') return undefined;
        if (found.path.startsWith('data:')) return { path: found.path, external: true };
        const name = path.relative(publicDir, path.resolve(found.resolveDir, found.path));
        const built = manifest[name.split(path.sep).join('/')];
        if (!built) return { errors: [{ text: `There is no ${found.path} in public/.` }] };
        return { path: `../${built}`, external: true };
      });
    },
  };
}

async function bundle(publicDir: string, name: string, copied: Manifest): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [path.join(publicDir, name)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: BROWSERS,
    legalComments: 'none',
    plugins: [fingerprintedUrls(publicDir, copied)],
    write: false,
    outdir: publicDir,
    logLevel: 'silent',
  });
  if (result.warnings.length > 0) {
    throw new Error((await formatMessages(result.warnings, { kind: 'error' })).join('\n'));
  }
  const output = result.outputFiles[0];
  if (!output) throw new Error(`Nothing came of ${name}.`);
  return output.contents;
}

function writeWithCompressed(outDir: string, name: string, content: Uint8Array): string[] {
  writeIfChanged(path.join(outDir, name), content);
  if (!COMPRESSIBLE.test(name)) return [name];
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
  };
  writeIfChanged(path.join(outDir, `${name}.br`), brotliCompressSync(content, { params }));
  writeIfChanged(path.join(outDir, `${name}.gz`), gzipSync(content, { level: 9 }));
  return [name, `${name}.br`, `${name}.gz`];
}

/**
 * Makes the static files of `publicDir` into fingerprinted, minified, precompressed ones in `outDir`,
 * with a `manifest.json` from source name to built name. Returns the files that should be there: those
 * written, and those of the build before, which pages that are open somewhere still ask for.
 */
export async function buildAssets(publicDir: string, outDir: string): Promise<string[]> {
  const names = filesBelow(publicDir);
  const previous = previousNames(outDir);
  const manifest: Manifest = {};
  const written: string[] = [];
  const put = (name: string, content: Uint8Array): void => {
    const target = fingerprinted(name, content);
    manifest[name] = target;
    written.push(...writeWithCompressed(outDir, target, content));
  };
  for (const name of names.filter(isCopied)) put(name, readFileSync(path.join(publicDir, name)));
  const copied = { ...manifest };
  const entries = names.filter(isEntry);
  const bundles = await Promise.all(entries.map((name) => bundle(publicDir, name, copied)));
  entries.forEach((name, index) => put(name, bundles[index] ?? new Uint8Array()));
  writeIfChanged(
    path.join(outDir, 'manifest.json'),
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  );
  return [...new Set([...written, ...previous, 'manifest.json'])];
}
