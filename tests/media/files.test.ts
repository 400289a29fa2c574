import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { storeImage, type Media } from '#src/media/index.js';
import { useApp } from '../support/app.js';
import { drawing } from './pictures.js';

const app = useApp();
let media: Media;
let content: Buffer;

beforeEach(async () => {
  const bytes = await drawing(120, 80).png().toBuffer();
  ({ media } = await storeImage(app.ctx, { bytes, filename: 'a.png', uploaderId: null }));
  content = await app.ctx.storage.get(media.key);
});

const file = () => app.request().get(`/media/${media.key}`);
const etag = () => `"${media.key.slice(6, 70)}"`;

describe('a public file', () => {
  it('is served for ever, with its type, without a session', async () => {
    const answer = await file().expect(200);
    expect(answer.body).toEqual(content);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'cache-control': 'public, max-age=31536000, immutable',
      etag: etag(),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('answers HEAD without a body', async () => {
    const answer = await app.request().head(`/media/${media.key}`).expect(200);
    expect(answer.headers['content-length']).toBe(String(content.length));
    expect(answer.headers.etag).toBe(etag());
  });

  it('answers 304 to who has it', async () => {
    for (const match of [etag(), `W/${etag()}`, `"x", ${etag()}`, '*']) {
      await file().set('If-None-Match', match).expect(304).expect('Cache-Control', /immutable/);
    }
    await file().set('If-None-Match', '"other"').expect(200);
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=5-5', 5, 6],
    ['bytes=-7', -7, undefined],
    ['bytes=100-', 100, undefined],
  ])('answers %s with that part', async (range, start, end) => {
    const answer = await file().set('Range', range).expect(206);
    const part = content.subarray(start, end);
    expect(answer.body).toEqual(part);
    const from = start < 0 ? content.length + start : start;
    expect(answer.headers['content-range']).toBe(
      `bytes ${from}-${from + part.length - 1}/${content.length}`,
    );
  });

  it('answers 416 to a part that it has not, and ranges it need not know with the whole', async () => {
    const answer = await file().set('Range', 'bytes=99999999-').expect(416);
    expect(answer.headers['content-range']).toBe(`bytes */${content.length}`);
    for (const range of ['bytes=0-1,4-5', 'lines=1-2', 'bytes=x-y', 'nonsense']) {
      await file().set('Range', range).expect(200);
    }
  });

  it('honours If-Range', async () => {
    await file().set('Range', 'bytes=0-3').set('If-Range', etag()).expect(206);
    await file().set('Range', 'bytes=0-3').set('If-Range', '"older"').expect(200);
  });

  it('takes no other method', async () => {
    await app.request().post(`/media/${media.key}`).expect(404);
  });
});

describe('nothing else is served', () => {
  it.each([
    () => `/media/${media.originalKey}`,
    () => `/media/originals/${media.key}`,
    () => `/media/00/00/${media.key.slice(6)}`,
    () => `/media/${media.key.replace('.png', '.jpg')}`,
    () => `/media/${media.key.toUpperCase()}`,
    () => `/media/${media.key}.bak`,
    () => `/media/..%2f..%2f..%2fetc%2fpasswd`,
    () => `/media/%2e%2e/%2e%2e/etc`,
    () => `/media/ab/cd/..%2f${media.key}`,
    () => '/media/.incoming/x',
    () => '/media/',
    () => '/media/0',
    () => '/media/-1',
    () => '/media/1.5',
    () => '/media/99999999999',
    () => '/media/7e1',
    () => `/media/${media.id + 1}`,
    () => `/media/0x${media.id}`,
    () => `/media/0${media.id}`,
    () => `/media/%20${media.id}`,
    () => '/media/abc',
  ])('%s', async (address) => {
    const answer = await app.request().get(address()).redirects(0);
    expect([301, 400, 404]).toContain(answer.status);
    if (answer.status === 301) expect(answer.headers.location).toBe('/media');
  });

  it('when its file is gone, or a folder has its name', async () => {
    const place = path.join(app.ctx.config.mediaDir, media.key);
    await rm(place);
    await file().expect(404);
    await writeFile(place, content);
    await file().expect(200);
  });
});

describe('/media/<id>', () => {
  it('goes to the file that is shown now, for a short while', async () => {
    const answer = await app.request().get(`/media/${media.id}`).expect(302);
    expect(answer.headers.location).toBe(`/media/${media.key}`);
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    await app.request().head(`/media/${media.id}`).expect(302);
  });
});
