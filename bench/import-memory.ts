// How much memory reading and converting an export takes: it must not grow with the file.
// npx tsx -C billet-source --expose-gc bench/import-memory.ts [megabytes, 256]
import type { ContentContext } from '../src/transfer/content/content.types.js';
import { convertContent } from '../src/transfer/content/convert.js';
import { readWxr } from '../src/transfer/wordpress/wxr-reader.js';
import { wxrOf } from './wxr-source.js';

const megabytes = Number(process.argv[2] ?? 256);
const limit = 96;

const nothing: ContentContext = {
  picture: (address) => ({ url: address, alt: '', caption: '' }),
  linkedPicture: () => undefined,
  gallery: () => [],
  link: (address) => address,
  warn: () => undefined,
};

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

const started = performance.now();
let items = 0;
let converted = 0;
let first = 0;
let highest = 0;
for await (const record of readWxr(wxrOf(megabytes))) {
  if (record.kind !== 'item') continue;
  items += 1;
  // Every fiftieth text: what is kept of one would show as well.
  if (items % 50 === 0) converted += convertContent(record.item.content, nothing).markdown.length;
  if (items === 1000) first = heap();
  else if (items > 1000 && items % 5000 === 0) highest = Math.max(highest, heap());
}
const seconds = (performance.now() - started) / 1000;
const growth = highest - first;
console.log(
  `${String(megabytes)} MB, ${String(items)} items in ${seconds.toFixed(1)} s (${(megabytes / seconds).toFixed(0)} MB/s); ` +
    `heap ${first.toFixed(0)} MB after 1,000 items, at most ${highest.toFixed(0)} MB after that; ${String(converted)} characters converted`,
);
if (growth > limit) {
  console.error(
    `The heap grew by ${growth.toFixed(0)} MB; ${String(limit)} is the most that it may.`,
  );
  process.exitCode = 1;
}
