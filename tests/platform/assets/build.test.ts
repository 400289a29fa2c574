import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildAssets } from '../../../scripts/build/assets.js';
import { filesBelow, prune } from '../../../scripts/build/files.js';

let folder: string;
const publicDir = (): string => path.join(folder, 'public');
const outDir = (): string => path.join(folder, 'out');

function put(name: string, content: string): void {
  const file = path.join(publicDir(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function manifest(): Record<string, string> {
  return JSON.parse(readFileSync(path.join(outDir(), 'manifest.json'), 'utf8')) as Record<
    string,
    string
  >;
}

function built(name: string): string {
  return readFileSync(path.join(outDir(), manifest()[name] ?? ''), 'utf8');
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'billet-build-'));
  put('css/site.css', "@import './parts/type.css';\n.a { color: #ff0000; }\n");
  put('css/parts/type.css', ".f { background: url('../../img/dot.svg'); }\n");
  put('js/site.js', "import { word } from './parts/word.js';\ndocument.title = word;\n");
  put('js/parts/word.js', "export const word = 'fog';\n");
  put('img/dot.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  put('fonts/face.woff2', 'not a real font');
  put('fonts/licence.txt', 'SIL');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the build of static files', () => {
  it('names entries, fonts and pictures by their content, and nothing else', async () => {
    await buildAssets(publicDir(), outDir());
    expect(Object.keys(manifest()).sort()).toEqual([
      'css/site.css',
      'fonts/face.woff2',
      'img/dot.svg',
      'js/site.js',
    ]);
    for (const [source, target] of Object.entries(manifest())) {
      const { dir, name, ext } = path.posix.parse(source);
      expect(target).toMatch(new RegExp(`^${dir}/${name}-[0-9a-f]{10}\\${ext}$`));
    }
  });

  it('bundles imports, minifies, and leads url() to the fingerprinted file', async () => {
    await buildAssets(publicDir(), outDir());
    expect(built('css/site.css')).toBe(
      `.f{background:url(../${manifest()['img/dot.svg'] ?? ''})}.a{color:red}\n`,
    );
    expect(built('js/site.js')).toContain('"fog"');
    expect(built('js/site.js')).not.toContain('import');
  });

  it('writes brotli and gzip beside what shrinks, with the same content', async () => {
    await buildAssets(publicDir(), outDir());
    const css = path.join(outDir(), manifest()['css/site.css'] ?? '');
    expect(brotliDecompressSync(readFileSync(`${css}.br`)).toString()).toBe(built('css/site.css'));
    expect(gunzipSync(readFileSync(`${css}.gz`)).toString()).toBe(built('css/site.css'));
    expect(readdirSync(path.join(outDir(), 'fonts'))).toHaveLength(1);
  });

  it('gives a changed file a new name and keeps the old one for one build more', async () => {
    await buildAssets(publicDir(), outDir());
    const before = manifest()['css/site.css'] ?? '';
    put('css/parts/type.css', '.f { color: blue; }\n');
    prune(outDir(), new Set(await buildAssets(publicDir(), outDir())));
    expect(manifest()['css/site.css']).not.toBe(before);
    expect(filesBelow(outDir())).toContain(before);
    prune(outDir(), new Set(await buildAssets(publicDir(), outDir())));
    expect(filesBelow(outDir())).not.toContain(before);
    expect(filesBelow(outDir())).toContain(manifest()['css/site.css']);
  });

  it('refuses a url() that leads to nothing', async () => {
    put('css/site.css', ".a { background: url('../img/missing.svg'); }\n");
    await expect(buildAssets(publicDir(), outDir())).rejects.toThrow('img/missing.svg');
  });
});
