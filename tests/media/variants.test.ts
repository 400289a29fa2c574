import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { mediaJobs, pictureOf, renderMedia, storeImage } from '#src/media/index.js';
import { findMedia } from '#src/media/queries.js';
import type { Db } from '#src/platform/db.js';
import { useApp } from '../support/app.js';
import { createMedia, createPost } from '../support/factories.js';
import { runJobs, runPendingJobs } from '../support/jobs.js';
import { animation, drawing, photograph } from './pictures.js';

const app = useApp();

async function store(bytes: Buffer, alt = '') {
  const input = { bytes, filename: 'a.jpg', alt, uploaderId: null };
  return (await storeImage(app.ctx, input)).media;
}

async function reload(id: number) {
  const media = await findMedia(app.db, id);
  if (!media) throw new Error('gone');
  return media;
}

/** The same jobs, with a witness in place of the blog. */
function jobsWith(onReady: (tx: Db, mediaId: number) => Promise<void>) {
  return mediaJobs({ db: app.db, storage: app.ctx.storage, onReady });
}

describe('the copies of a picture', () => {
  it('are made at 480, 960 and 1600 pixels, as uploaded and as WebP', async () => {
    const { id } = await store(await photograph(2000, 3000));
    await runPendingJobs(app.ctx);
    const media = await reload(id);
    expect(media).toMatchObject({ state: 'ready', width: 3000, height: 2000, error: null });
    expect(media.variants.map(({ width, height, mime }) => `${width}×${height} ${mime}`)).toEqual([
      '480×320 image/jpeg',
      '480×320 image/webp',
      '960×640 image/jpeg',
      '960×640 image/webp',
      '1600×1067 image/jpeg',
      '1600×1067 image/webp',
    ]);
    for (const { key, width, height, mime, bytes } of media.variants) {
      const content = await app.ctx.storage.get(key);
      expect(content.length).toBe(bytes);
      const found = await sharp(content).metadata();
      expect(found).toMatchObject({ width, height, format: mime.slice('image/'.length) });
      expect(found.exif ?? found.icc ?? found.xmp).toBeUndefined();
    }
  });

  it.each([
    [800, 'png', ['480 png', '480 webp', '800 webp']],
    [480, 'png', ['480 webp']],
    [1600, 'jpeg', ['480 jpeg', '480 webp', '960 jpeg', '960 webp', '1600 webp']],
    [1200, 'webp', ['480 webp', '960 webp']],
    [32, 'gif', ['32 webp']],
    [500, 'avif', ['480 avif', '480 webp', '500 webp']],
  ] as const)('of one %i pixels wide as %s are never wider', async (width, format, expected) => {
    const { id } = await store(await drawing(width, 90).toFormat(format).toBuffer());
    await runPendingJobs(app.ctx);
    const { variants } = await reload(id);
    expect(variants.map(({ width, mime }) => `${width} ${mime.slice(6)}`)).toEqual(expected);
  });

  it('of a picture too high for WebP come in its own format only', async () => {
    const { id } = await store(await drawing(500, 18_000).png().toBuffer());
    await runPendingJobs(app.ctx);
    const media = await reload(id);
    expect(media.variants.map(({ width, height, mime }) => [width, height, mime])).toEqual([
      [480, 17_280, 'image/png'],
    ]);
    expect(media.state).toBe('ready');
  });

  it('that would be heavier than the whole are left out', async () => {
    const lines = Array.from({ length: 240 }, (_, x) => `M${4 * x} 0v400`).join('');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="961" height="400"><path stroke="red" stroke-width="2" d="${lines}"/></svg>`;
    const bytes = await sharp(Buffer.from(svg)).flatten().png({ palette: true, colours: 2 }).toBuffer();
    const { id } = await store(bytes);
    await runPendingJobs(app.ctx);
    const media = await reload(id);
    const own = media.variants.filter(({ mime }) => mime === 'image/png');
    expect(own.every((variant) => variant.bytes < media.bytes)).toBe(true);
    expect(own.length).toBeLessThan(2);
  });

  it('of an animation move', async () => {
    const { id } = await store(await animation(5, 'gif', { width: 600, height: 300 }));
    await runPendingJobs(app.ctx);
    const { variants } = await reload(id);
    expect(variants.map(({ width, height, mime }) => [width, height, mime])).toEqual([
      [480, 240, 'image/gif'],
      [480, 240, 'image/webp'],
      [600, 300, 'image/webp'],
    ]);
    for (const { key } of variants) {
      expect((await sharp(await app.ctx.storage.get(key)).metadata()).pages).toBe(5);
    }
  });

  it('made twice are the same, and those who show it hear of it in the transaction', async () => {
    const { id } = await store(await drawing(700, 300).jpeg().toBuffer());
    const heard: string[] = [];
    const witness = jobsWith(async (tx, mediaId) => {
      heard.push(`${mediaId} ${(await findMedia(tx, mediaId))?.state}`);
    });
    await runJobs(app.ctx, witness);
    const first = await reload(id);
    const variants = witness.find(({ job }) => job.name === 'media.variants');
    await variants?.perform({ mediaId: id }, {
      id: '1', attempt: 2, maxAttempts: 5, now: app.clock.now, log: app.ctx.log,
      signal: new AbortController().signal,
    });
    expect((await reload(id)).variants).toEqual(first.variants);
    expect(heard).toEqual([`${id} ready`, `${id} ready`]);
  });

  it('are nowhere when whoever shows them fails, and come with the next try', async () => {
    const { id } = await store(await drawing(700, 300).jpeg().toBuffer());
    const failing = jobsWith(() => Promise.reject(new Error('no')));
    const [result] = await runJobs(app.ctx, failing, { keepFailed: true });
    expect(result?.error).toBeDefined();
    expect(await reload(id)).toMatchObject({ state: 'processing', variants: [] });
  });

  it('make the posts that cite it be rendered again', async () => {
    const media = await store(await drawing(1000, 500).jpeg().toBuffer());
    const post = await createPost(app.db, { body: `![A line](/media/${media.id})`, html: 'old' });
    await app.db.mediaUse.create({ data: { mediaId: media.id, postId: post.id } });
    await runPendingJobs(app.ctx);
    const { html } = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    const { variants } = await reload(media.id);
    for (const { key } of variants) expect(html).toContain(`/media/${key} `);
    expect(html).toContain('alt="A line"');
  });
});

describe('a picture whose original', () => {
  it('is gone has failed, and says so', async () => {
    const media = await store(await drawing(700, 300).jpeg().toBuffer());
    await app.ctx.storage.remove(media.originalKey);
    await runPendingJobs(app.ctx);
    expect(await reload(media.id)).toMatchObject({
      state: 'failed',
      error: 'The file as it was uploaded is gone or changed. Upload it again.',
    });
  });

  it('was changed on the disk has failed too, and the upload heals it', async () => {
    const bytes = await drawing(700, 300).jpeg().toBuffer();
    const media = await store(bytes);
    await writeFile(path.join(app.ctx.config.mediaDir, media.originalKey), 'something else');
    await runPendingJobs(app.ctx);
    expect((await reload(media.id)).state).toBe('failed');
    await store(bytes);
    await runPendingJobs(app.ctx);
    expect(await reload(media.id)).toMatchObject({ state: 'ready', error: null });
  });

  it('was deleted meanwhile is no error', async () => {
    const media = await store(await drawing(700, 300).jpeg().toBuffer());
    await app.db.media.delete({ where: { id: media.id } });
    expect(await runPendingJobs(app.ctx)).toHaveLength(1);
  });
});

describe('what pages show', () => {
  const variant = (width: number, mime: string, name: string) => ({
    width,
    height: Math.round(width / 2),
    mime,
    key: `aa/bb/${name}`,
    bytes: 1,
  });

  it('is the whole picture until there are copies, then those up to 1600 pixels', async () => {
    const { id, key } = await createMedia(app.db, { width: 4000, height: 2000, alt: 'A sea' });
    expect(pictureOf(await reload(id))).toEqual({
      src: `/media/${key}`,
      srcset: undefined,
      webpSrcset: undefined,
      width: 4000,
      height: 2000,
      alt: 'A sea',
      color: null,
    });
    await app.db.mediaVariant.createMany({
      data: [
        { mediaId: id, ...variant(480, 'image/jpeg', 's.jpg') },
        { mediaId: id, ...variant(1600, 'image/jpeg', 'l.jpg') },
        { mediaId: id, ...variant(480, 'image/webp', 's.webp') },
        { mediaId: id, ...variant(1600, 'image/webp', 'l.webp') },
      ],
    });
    expect(pictureOf(await reload(id))).toMatchObject({
      src: '/media/aa/bb/l.jpg',
      srcset: '/media/aa/bb/s.jpg 480w, /media/aa/bb/l.jpg 1600w',
      webpSrcset: '/media/aa/bb/s.webp 480w, /media/aa/bb/l.webp 1600w',
      width: 1600,
      height: 800,
    });
  });

  it('ends with the whole picture where that is not too large', async () => {
    const { id, key } = await createMedia(app.db, { width: 900, height: 450 });
    await app.db.mediaVariant.create({ data: { mediaId: id, ...variant(480, 'image/jpeg', 's.jpg') } });
    expect(pictureOf(await reload(id))).toMatchObject({
      src: `/media/${key}`,
      srcset: `/media/aa/bb/s.jpg 480w, /media/${key} 900w`,
      width: 900,
    });
  });

  it('goes to the renderer by id, without those that do not exist', async () => {
    const { id, key } = await createMedia(app.db, { width: 900, height: 450, alt: 'Words' });
    await app.db.mediaVariant.createMany({
      data: [
        { mediaId: id, ...variant(480, 'image/jpeg', 's.jpg') },
        { mediaId: id, ...variant(900, 'image/webp', 'l.webp') },
      ],
    });
    const found = await renderMedia(app.db, [id, 999, id]);
    expect([...found.values()]).toEqual([
      {
        id,
        src: `/media/${key}`,
        width: 900,
        height: 450,
        alt: 'Words',
        variants: [
          { src: '/media/aa/bb/s.jpg', width: 480, type: 'original' },
          { src: `/media/${key}`, width: 900, type: 'original' },
          { src: '/media/aa/bb/l.webp', width: 900, type: 'webp' },
        ],
      },
    ]);
    expect((await renderMedia(app.db, [])).size).toBe(0);
  });
});
