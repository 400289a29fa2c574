import path from 'node:path';
import { expect, it } from 'vitest';
import { shownFilename } from '#src/media/filenames.js';
import { RefusedPictureError, type RefusalReason } from '#src/media/refusals.js';
import { loadCatalogue } from '#src/platform/i18n.js';

const t = loadCatalogue(path.resolve('locales')).translator('en');
const reasons = {
  type: '',
  broken: '',
  empty: '',
  bytes: '25',
  pixels: '50',
  side: '20,000',
  frames: '500',
  slow: '',
} satisfies Record<RefusalReason, string>;

it.each(Object.entries(reasons))('%s: pages and logs say the same', (reason, limit) => {
  const refusal = new RefusedPictureError(reason as RefusalReason, 'a $& {limit} b.jpg');
  const { key, values } = refusal.problems.file ?? { key: '' };
  expect(t(key, values)).toBe(refusal.message);
  expect(refusal.message).toContain('“a $& {limit} b.jpg”');
  expect(refusal.message).toContain(limit);
  expect(refusal.status).toBe(422);
});

it.each([
  ['a.jpg', 'a.jpg'],
  ['  a  \t b.jpg ', 'a b.jpg'],
  ['/', 'picture'],
  ['...', 'picture'],
  ['\uD800.png', '.png'],
  ['a\u0000b\u001F\u007F.png', 'ab.png'],
  ['\u2066x\u2069\u200F.png', 'x.png'],
  ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ['می‌خواهم.jpg', 'می‌خواهم.jpg'],
  ['%2e%2e%2f.jpg', '%2e%2e%2f.jpg'],
  [`${'😀'.repeat(250)}.png`, `${'😀'.repeat(195)}….png`],
])('the name %j is shown as %j', (given, shown) => {
  expect(shownFilename(given)).toBe(shown);
});
