import { createServer, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { transferJobs } from '#src/transfer/index.js';
import { useApp } from '../support/app.js';
import { runJobs } from '../support/jobs.js';
import { importFile, smallSite } from './small-site.js';

const app = useApp();
let folder: string;
let server: Server;
let port: number;
const asked: string[] = [];
let answers: Record<string, { status: number; type?: string; body?: Buffer }> = {};

function picture(color: string): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 400, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
}

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req.url ?? '');
    const answer = answers[req.url ?? ''] ?? { status: 404 };
    res.writeHead(answer.status, answer.type === undefined ? {} : { 'Content-Type': answer.type });
    res.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => void server.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'billet-pictures-'));
  asked.length = 0;
  answers = {};
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Does the jobs of the import as a worker would, with the old site's host standing on this machine. */
function fetchAll() {
  const handlers = transferJobs({
    ...app.ctx,
    reach: {
      resolve: () => Promise.resolve(['127.0.0.1']),
      allow: () => true,
    },
  });
  return runJobs(app.ctx, handlers, { keepFailed: true });
}

/** The small site, moved to this machine's port. */
async function importHere(options: { mediaDir?: string } = {}) {
  const { readFileSync } = await import('node:fs');
  const file = path.join(folder, 'export.xml');
  writeFileSync(
    file,
    readFileSync(smallSite, 'utf8').replaceAll(
      'http://quay.example/',
      `http://quay.example:${String(port)}/`,
    ),
  );
  return importFile(app, file, options);
}

function sextant() {
  return app.db.post.findFirstOrThrow({
    where: { slug: 'brass-sextant' },
    include: { mediaUses: true, revisions: true },
  });
}

test('pictures are fetched after the import and put into their posts', async () => {
  answers['/blog/wp-content/uploads/2020/03/sextant.jpg'] = {
    status: 200,
    type: 'image/jpeg',
    body: await picture('#a52'),
  };
  answers['/blog/wp-content/uploads/2020/03/case.png'] = {
    status: 200,
    type: 'image/png',
    body: await picture('#25a'),
  };
  await importHere();
  const before = await sextant();
  expect(before.html).not.toContain('<img');
  await fetchAll();
  const after = await sextant();
  const media = await app.db.media.findMany({ orderBy: { id: 'asc' } });
  expect(media).toHaveLength(2);
  const byName = Object.fromEntries(media.map((row) => [row.filename, row]));
  expect(byName['sextant.jpg']).toMatchObject({
    alt: 'A brass sextant',
    caption: 'The sextant itself',
  });
  expect(after.body).not.toContain('wp-content');
  expect(after.body).toContain(`/media/${String(byName['sextant.jpg']?.id)}`);
  expect(after.html.match(/<img/g)).toHaveLength(4);
  expect(after.coverId).toBe(byName['case.png']?.id);
  expect(after.mediaUses).toHaveLength(2);
  expect(after.version).toBe(3);
  expect(after.revisions).toMatchObject([{ version: 3, body: after.body }]);
  expect(after.updatedAt > before.updatedAt).toBe(true);
  expect(await app.db.mediaFetch.count({ where: { mediaId: null } })).toBe(0);
});

test('what cannot be had becomes a link and a line in the report', async () => {
  answers['/blog/wp-content/uploads/2020/03/sextant.jpg'] = {
    status: 200,
    type: 'text/html',
    body: Buffer.from('<p>gone</p>'),
  };
  answers['/blog/wp-content/uploads/2020/03/case.png'] = {
    status: 200,
    type: 'image/png',
    body: Buffer.from('no picture'),
  };
  await importHere();
  await fetchAll();
  const rows = await app.db.mediaFetch.findMany({ orderBy: { url: 'asc' } });
  expect(rows.map((row) => [row.mediaId, row.error])).toEqual([
    [null, expect.stringContaining('case.png')],
    [null, expect.stringContaining('text/html')],
  ]);
  const { html } = await sextant();
  expect(html).not.toContain('<img');
  expect(html).toMatch(
    /<a [^>]*href="http:\/\/quay\.example:\d+\/blog\/wp-content\/uploads\/2020\/03\/sextant\.jpg"/,
  );
});

test('a host that fails is tried again, and given up in the end', async () => {
  answers['/blog/wp-content/uploads/2020/03/sextant.jpg'] = { status: 503 };
  await importHere();
  for (const minutes of [0, 10, 60, 600, 6000]) {
    app.clock.set(new Date(Date.UTC(2026, 10, 21, 12, minutes)));
    await fetchAll();
  }
  expect(asked.filter((url) => url.endsWith('sextant.jpg'))).toHaveLength(4);
  const row = await app.db.mediaFetch.findFirstOrThrow({
    where: { url: { endsWith: 'sextant.jpg' } },
  });
  expect(row.error).toContain('503');
});

test('a second import tries again what could not be had, and asks for nothing else', async () => {
  answers['/blog/wp-content/uploads/2020/03/case.png'] = {
    status: 200,
    type: 'image/png',
    body: await picture('#25a'),
  };
  await importHere();
  await fetchAll();
  asked.length = 0;
  answers['/blog/wp-content/uploads/2020/03/sextant.jpg'] = {
    status: 200,
    type: 'image/jpeg',
    body: await picture('#a52'),
  };
  const { report } = await importHere();
  await fetchAll();
  expect(asked).toEqual(['/blog/wp-content/uploads/2020/03/sextant.jpg']);
  expect(report.counts.picture).toEqual({ created: 0, existing: 2, skipped: 1 });
  expect((await sextant()).body).not.toContain('wp-content');
});

test('without the tests’ permission the guarded client refuses this machine', async () => {
  await importHere();
  const handlers = transferJobs({
    ...app.ctx,
    reach: { resolve: () => Promise.resolve(['127.0.0.1']) },
  });
  await runJobs(app.ctx, handlers, { keepFailed: true });
  expect(asked).toEqual([]);
  expect(await app.db.mediaFetch.count({ where: { error: { not: null } } })).toBe(2);
});

test('pictures of a folder come at once, by path and by name; the rest is left to the jobs', async () => {
  mkdirSync(path.join(folder, 'uploads/2020/03'), { recursive: true });
  writeFileSync(path.join(folder, 'uploads/2020/03/SEXTANT-scaled.jpg'), await picture('#a52'));
  writeFileSync(path.join(folder, 'uploads/case.txt'), 'no picture');
  await importHere({ mediaDir: path.join(folder, 'uploads') });
  expect(await app.db.media.count()).toBe(1);
  const { body } = await sextant();
  expect(body).toMatch(/\/media\/\d+/);
  expect(body).toContain('case.png');
  await fetchAll();
  expect(asked).toEqual(['/blog/wp-content/uploads/2020/03/case.png']);
});
