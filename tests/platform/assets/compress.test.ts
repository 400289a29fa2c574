import express from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { compressPages } from '#src/platform/assets/index.js';

const page = 'fog and passing sails '.repeat(200);

const app = express()
  .disable('etag')
  .use(compressPages())
  .get('/page', (_req, res) => {
    res.set('ETag', '"abc"').vary('Cookie').type('html').send(page);
  })
  .get('/small', (_req, res) => {
    res.set('ETag', '"small"').type('html').send('short');
  })
  .get('/picture', (_req, res) => {
    res.set('ETag', '"picture"').type('image/webp').send(Buffer.alloc(4000));
  });

describe('pages on their way out', () => {
  it('are compressed, vary by encoding, and carry a weak tag', async () => {
    const answer = await supertest(app).get('/page').set('Accept-Encoding', 'br').buffer(false);
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', etag: 'W/"abc"' });
    expect(answer.headers.vary).toBe('Cookie, Accept-Encoding');
    const gzip = await supertest(app).get('/page').set('Accept-Encoding', 'gzip').expect(200);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gzip.text).toBe(page);
  });

  it('keep their strong tag when they are sent as they are', async () => {
    const plain = await supertest(app).get('/page').set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers.etag).toBe('"abc"');
    expect(plain.headers.vary).toBe('Cookie, Accept-Encoding');
    const small = await supertest(app).get('/small').set('Accept-Encoding', 'br').expect(200);
    expect(small.headers.etag).toBe('"small"');
    const picture = await supertest(app).get('/picture').set('Accept-Encoding', 'br').expect(200);
    expect(picture.headers['content-encoding']).toBeUndefined();
  });

  it('answer 304 with the tag that the client knows', async () => {
    const weak = await supertest(app)
      .get('/page')
      .set('Accept-Encoding', 'br')
      .set('If-None-Match', 'W/"abc"')
      .expect(304);
    expect(weak.headers.etag).toBe('W/"abc"');
    const strong = await supertest(app).get('/page').set('If-None-Match', '"abc"').expect(304);
    expect(strong.headers.etag).toBe('"abc"');
    await supertest(app).get('/page').set('If-None-Match', '"other"').expect(200);
  });
});
