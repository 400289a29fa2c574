import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { storeImage } from '#src/media/index.js';
import { useApp } from '../support/app.js';
import { createUser } from '../support/factories.js';
import { queuedJobs } from './queue.js';
import { drawing, hugePng, photograph } from './pictures.js';

const app = useApp();

/** Files under the media folder, by path from it. */
async function files(): Promise<string[]> {
  const root = app.ctx.config.mediaDir;
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

async function temporaryFiles(): Promise<string[]> {
  return readdir(path.join(app.ctx.config.dataDir, 'uploads')).catch(() => []);
}

describe('POST /admin/media', () => {
  it('takes a picture: a row, a job, a public file, the bytes as uploaded in private', async () => {
    const { agent, user } = await app.loginAs('author');
    const bytes = await photograph(1000, 700);
    const answer = await agent
      .post('/admin/media')
      .field('alt', 'A red circle')
      .attach('file', bytes, 'IMG 1.JPG')
      .expect(303);
    const media = await app.db.media.findFirstOrThrow();
    expect(answer.headers.location).toBe(`/admin/media/${media.id}`);
    expect(media).toMatchObject({
      state: 'processing',
      filename: 'IMG 1.JPG',
      mime: 'image/jpeg',
      width: 700,
      height: 1000,
      alt: 'A red circle',
      caption: '',
      uploaderId: user.id,
      sourceUrl: null,
      error: null,
      createdAt: app.clock.now(),
    });
    expect(media.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(await queuedJobs(app.db)).toEqual([
      { name: 'media.variants', payload: { mediaId: media.id } },
    ]);
    expect(await app.ctx.storage.get(media.originalKey)).toEqual(bytes);
    const served = await app.request().get(`/media/${media.key}`).expect(200);
    expect((await sharp(served.body as Buffer).metadata()).exif).toBeUndefined();
    expect(await temporaryFiles()).toEqual([]);
    const original = path.join(app.ctx.config.mediaDir, media.originalKey);
    expect((await stat(original)).mode & 0o777).toBe(0o600);
    await app.request().get(`/media/${media.originalKey}`).expect(404);
  });

  it('takes several, each with its own alt text, and answers scripts in JSON', async () => {
    const { agent } = await app.loginAs('author');
    const answer = await agent
      .post('/admin/media')
      .set('Accept', 'application/json')
      .field('alt', 'first [one] & "only"')
      .field('alt', '')
      .attach('file', await drawing(300, 200).png().toBuffer(), 'a.png')
      .attach('file', await drawing(50, 60).webp().toBuffer(), 'b.webp')
      .expect(201);
    const [first, second] = await app.db.media.findMany({ orderBy: { id: 'asc' } });
    expect(answer.body).toEqual({
      media: [
        {
          id: first?.id,
          url: `/media/${first?.id}`,
          markdown: `![first \\[one\\] \\& "only"](/media/${first?.id})`,
          filename: 'a.png',
          state: 'processing',
          src: `/media/${first?.key}`,
          width: 300,
          height: 200,
          alt: 'first [one] & "only"',
        },
        expect.objectContaining({ id: second?.id, alt: '', markdown: `![](/media/${second?.id})` }),
      ],
      errors: [],
    });
  });

  it('keeps the good files of a form and names the bad ones', async () => {
    const { agent } = await app.loginAs('author');
    const send = () =>
      agent.post('/admin/media').field('alt', 'kept').attach('file', Buffer.from('<svg/>'), 'x.svg');
    const page = await send()
      .set('Accept', 'text/html')
      .attach('file', await drawing(20, 20).png().toBuffer(), 'good.png')
      .expect(422);
    expect(page.text).toContain('“x.svg” is not a picture that can be shown here.');
    expect(page.text).toContain('1 picture is in the library.');
    expect(page.text).toContain('value="kept"');
    const json = await send().set('Accept', 'application/json').expect(422);
    expect(json.body).toEqual({
      media: [],
      errors: [{ filename: 'x.svg', message: expect.stringContaining('JPEG, PNG, WebP') }],
    });
    expect(await app.db.media.count()).toBe(1);
    expect(await temporaryFiles()).toEqual([]);
  });

  it.each([
    ['nothing at all', async () => undefined, 422, 'Choose at least one picture.'],
    ['an empty file', async () => Buffer.alloc(0), 422, '“a.jpg” is empty.'],
    ['a bomb', async () => hugePng(19_000, 19_000), 422, 'more than 50 million pixels'],
    ['26 MB', async () => Buffer.alloc(26 * 1024 * 1024), 413, '“a.jpg” is larger than 25 MB'],
  ])('refuses %s', async (_what, make, status, sentence) => {
    const { agent } = await app.loginAs('author');
    const before = await files();
    const bytes = await make();
    const request = agent.post('/admin/media').set('Accept', 'text/html').field('alt', 'x');
    const page = await (bytes ? request.attach('file', bytes, 'a.jpg') : request).expect(status);
    expect(page.text).toContain(sentence);
    expect(await app.db.media.count()).toBe(0);
    expect(await queuedJobs(app.db)).toEqual([]);
    expect(await files()).toEqual(before);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('refuses more than 20 files, and words that do not fit', async () => {
    const { agent } = await app.loginAs('author');
    const picture = await drawing(10, 10).png().toBuffer();
    const many = agent.post('/admin/media').set('Accept', 'application/json');
    for (let index = 0; index < 21; index += 1) many.attach('file', picture, `${index}.png`);
    const answer = await many.expect(422);
    expect(answer.body.errors).toEqual([{ filename: null, message: 'At most 20 files at once, please.' }]);
    for (const alt of ['x'.repeat(1001), 'a\0b']) {
      await agent.post('/admin/media').field('alt', alt).attach('file', picture, 'a.png').expect(422);
    }
    expect(await app.db.media.count()).toBe(0);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('answers a form that is cut off or malformed with 400', async () => {
    const { agent } = await app.loginAs('author');
    for (const body of ['', '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc']) {
      await agent
        .post('/admin/media')
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send(body)
        .expect(400);
    }
    await agent.post('/admin/media').set('Content-Type', 'multipart/form-data').send('x').expect(400);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('takes nothing from strangers and readers', async () => {
    const picture = await drawing(10, 10).png().toBuffer();
    const json = { Accept: 'application/json' };
    await app.request().post('/admin/media').set(json).attach('file', picture, 'a.png').expect(401);
    const { agent } = await app.loginAs('reader');
    await agent.post('/admin/media').set(json).attach('file', picture, 'a.png').expect(403);
    expect(await app.db.media.count()).toBe(0);
    expect(await queuedJobs(app.db)).toEqual([]);
  });

  it.each([
    ['фото.jpg', 'фото.jpg'],
    ['写真 (1).jpg', '写真 (1).jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\cat.png', 'cat.png'],
    ['evil\u202Egpj.exe', 'evilgpj.exe'],
    ['e\u0301.png', 'é.png'],
    ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
    [`${'n'.repeat(300)}.jpeg`, `${'n'.repeat(194)}….jpeg`],
    ['\u202E\u200B', 'picture'],
  ])('stores the name %j as %j', async (sent, stored) => {
    const { agent } = await app.loginAs('author');
    const picture = await drawing(10, 10).png().toBuffer();
    await agent.post('/admin/media').attach('file', picture, sent).expect(303);
    const media = await app.db.media.findFirstOrThrow();
    expect(media.filename).toBe(stored);
    const page = await agent.get('/admin/media').expect(200);
    expect(page.text).not.toContain('<img src=x');
  });
});

describe('the same picture', () => {
  const input = async () => ({ bytes: await photograph(300, 200), filename: 'a.jpg', uploaderId: null });

  it('twice is one row, one job, the same files', async () => {
    const picture = await input();
    const first = await storeImage(app.ctx, { ...picture, alt: 'First' });
    const before = await files();
    const again = await storeImage(app.ctx, { ...picture, filename: 'b.jpg', alt: 'Second' });
    expect(first.created).toBe(true);
    expect(again.created).toBe(false);
    expect(again.media).toEqual(first.media);
    expect(await files()).toEqual(before);
    expect(await queuedJobs(app.db)).toHaveLength(1);
  });

  it('many times at once is one row too', async () => {
    const picture = await input();
    const all = await Promise.all(Array.from({ length: 6 }, () => storeImage(app.ctx, picture)));
    expect(new Set(all.map(({ media }) => media.id)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await app.db.media.count()).toBe(1);
    expect(await queuedJobs(app.db)).toHaveLength(1);
  });

  it('brings lost files back', async () => {
    const picture = await input();
    const { media } = await storeImage(app.ctx, picture);
    await app.db.media.update({ where: { id: media.id }, data: { state: 'failed', error: 'Lost.' } });
    await app.ctx.storage.remove(media.originalKey);
    await app.ctx.storage.remove(media.key);
    const again = await storeImage(app.ctx, picture);
    expect(again.media).toMatchObject({ id: media.id, state: 'processing', error: null });
    expect(await app.ctx.storage.exists(media.key)).toBe(true);
    expect(await app.ctx.storage.get(media.originalKey)).toEqual(picture.bytes);
  });

  it('keeps what its words can be kept of, whatever they hold', async () => {
    const user = await createUser(app.db);
    const alt = `\0 naïve ‮ “😀” \uD800 ${'語'.repeat(2000)}`;
    const { media } = await storeImage(app.ctx, { ...(await input()), alt, uploaderId: user.id });
    expect(media.alt.startsWith('naïve ‮ “😀”')).toBe(true);
    expect(media.alt.length).toBeLessThanOrEqual(1000);
  });
});

it('leaves files without a row when the row cannot be written, never a row without files', async () => {
  const before = await files();
  const bytes = await drawing(33, 22).png().toBuffer();
  const nobody = { bytes, filename: 'a.png', uploaderId: 424_242 };
  await expect(storeImage(app.ctx, nobody)).rejects.toThrow();
  expect(await app.db.media.count()).toBe(0);
  expect(await queuedJobs(app.db)).toEqual([]);
  expect(await files()).toHaveLength(before.length + 2);
  const { media } = await storeImage(app.ctx, { ...nobody, uploaderId: null });
  expect(await files()).toHaveLength(before.length + 2);
  expect(await app.ctx.storage.exists(media.key)).toBe(true);
});
