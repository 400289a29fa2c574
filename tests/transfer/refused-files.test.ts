import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ImportFileError } from '#src/transfer/index.js';
import { useApp } from '../support/app.js';
import { importFile, smallSite, snapshot } from './small-site.js';

const app = useApp();
const folder = mkdtempSync(path.join(tmpdir(), 'billet-refused-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = readFileSync(smallSite);
const text = source.toString('utf8');

function file(content: string | Buffer): string {
  const name = path.join(folder, 'export.xml');
  writeFileSync(name, content);
  return name;
}

async function refusal(content: string | Buffer): Promise<ImportFileError> {
  const before = await snapshot(app);
  const error: unknown = await importFile(app, file(content)).catch((reason: unknown) => reason);
  expect(await snapshot(app)).toEqual(before);
  if (!(error instanceof ImportFileError))
    throw new Error('The file was not refused.', { cause: error });
  return error;
}

test.each([0.05, 0.2, 0.5, 0.8, 0.97, 0.999])(
  'a file that ends at %s of its length is refused with its line',
  async (part) => {
    const error = await refusal(source.subarray(0, Math.floor(source.length * part)));
    expect(['truncated', 'encoding', 'xml']).toContain(error.code);
    expect(error.line).toBeGreaterThan(0);
  },
);

test('a billion laughs, and entities that reach for files, stop at the declaration', async () => {
  const laughs = `<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<rss><channel><title>&b;</title></channel></rss>`;
  expect(await refusal(laughs)).toMatchObject({ code: 'doctype', line: 2 });
  const external = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>`;
  expect(await refusal(external)).toMatchObject({ code: 'doctype' });
});

test.each([
  ['empty', ''],
  ['binary', Buffer.from([0x3c, 0x3f, 0x00, 0x01, 0x02])],
  ['compressed', gzipSync('<rss></rss>')],
  ['json', '{"posts": []}'],
  ['html', '<!DOCTYPE html><html><body>Log in</body></html>'],
  ['notXml', 'title,slug\nOne,one\n'],
  ['notRss', '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>'],
  [
    'notWxr',
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title><item><title>x</title></item></channel></rss>',
  ],
  ['unknownEncoding', '<?xml version="1.0" encoding="EBCDIC-CP-US"?><rss></rss>'],
] as const)('%s', async (code, content) => {
  expect(await refusal(content as string | Buffer)).toMatchObject({ code });
});

test('bytes of another encoding are refused with their line', async () => {
  const [before = '', after = ''] = text.split('Tide tables</title>');
  const broken = Buffer.concat([
    Buffer.from(`${before}Tide caf`),
    Buffer.from([0xe9]),
    Buffer.from(` tables</title>${after}`),
  ]);
  const line = before.split('\n').length;
  expect(await refusal(broken)).toMatchObject({ code: 'encoding', line });
});

test('an encoding that the file declares is read', async () => {
  const latin = text
    .replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    .replace('Tides and tools', 'Caf\u00e9')
    .replace(/[\u{100}-\u{10ffff}]/gu, '?');
  const { report } = await importFile(app, file(Buffer.from(latin, 'latin1')), { dryRun: true });
  expect(report.counts.post.created).toBe(7);
});

test('a future version, broken XML, and elements without end', async () => {
  expect(await refusal(text.replace('<wp:wxr_version>1.2<', '<wp:wxr_version>2.0<'))).toMatchObject(
    { code: 'version' },
  );
  const broken = await refusal(text.replace('</wp:post_name>', '</wp:post_nam>'));
  expect(broken).toMatchObject({ code: 'xml' });
  expect(broken.line).toBe(text.split('</wp:post_name>')[0]?.split('\n').length);
  const deep = text.replace('<item>', `<item>${'<a>'.repeat(40)}${'</a>'.repeat(40)}`);
  expect(await refusal(deep)).toMatchObject({ code: 'tooDeep' });
});

test('one post of forty million characters is more than fits', async () => {
  const huge = text.replace('First line', 'x'.repeat(40 * 1024 * 1024));
  expect(await refusal(huge)).toMatchObject({ code: 'tooLarge' });
});

test('control characters that WordPress lets through are left out and told', async () => {
  const { report } = await importFile(app, file(text.replace('Soon.', 'So\u0008on.\u000b')));
  expect(report.warnings).toContainEqual(
    expect.objectContaining({ reason: 'controlCharacters', count: 2 }),
  );
  expect(await app.db.post.findFirst({ where: { slug: 'almanac' } })).toMatchObject({
    body: 'Soon.',
  });
});

test('a file that is not there, and a folder', async () => {
  await expect(importFile(app, path.join(folder, 'nothing.xml'))).rejects.toMatchObject({
    code: 'missing',
  });
  await expect(importFile(app, folder)).rejects.toMatchObject({ code: 'missing' });
});

test('two at once: the second is told, and the first comes in whole', async () => {
  const name = file(text);
  const results = await Promise.allSettled([importFile(app, name), importFile(app, name)]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.map((result) => (result.reason as ImportFileError).code)).toEqual(
    refused.map(() => 'busy'),
  );
  expect(await app.db.post.count()).toBe(9);
});
