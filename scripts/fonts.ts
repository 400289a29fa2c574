// `npm run fonts`: makes the reading face of public/fonts from the full family. Run it after a change
// of the characters or weights below, and commit what it writes.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import subsetFont from 'subset-font';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'node_modules/@fontsource-variable/source-serif-4');
const target = path.join(root, 'public/fonts');

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');

// Latin-1, and what typographers and Western European languages add to it.
const characters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ŒœŸŠšŽž–—‘’‚“”„†‡•…‰‹›€™−`;

// The optical size is fixed for text a little larger than a book's; headings stand it well.
const font = await subsetFont(
  readFileSync(path.join(source, 'files/source-serif-4-latin-opsz-normal.woff2')),
  characters,
  { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 600 }, opsz: 18 } },
);

mkdirSync(target, { recursive: true });
writeFileSync(path.join(target, 'source-serif-4-latin.woff2'), font);
copyFileSync(path.join(source, 'LICENSE'), path.join(target, 'source-serif-4-OFL.txt'));
process.stdout.write(`source-serif-4-latin.woff2: ${String(font.byteLength)} bytes\n`);
