import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssets, serveAssets, type Assets } from '#src/platform/assets/index.js';
import { buildAssets } from '../../../scripts/build/assets.js';

let root: string;
let app: Express;
let sourceApp: Express;
let built: Assets;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'billet-assets-'));
  for (const name of ['css', 'js', 'fonts', 'img'])
    mkdirSync(path.join(root, 'public', name), { recursive: true });
  writeFileSync(path.join(root, 'public/css/site.css'), '.a { color: red; }\n'.repeat(50));
  writeFileSync(path.join(root, 'public/fonts/face.woff2'), 'font');
  writeFileSync(path.join(root, 'secret.txt'), 'secret');
  await buildAssets(path.join(root, 'public'), path.join(root, 'dist/assets'));
  built = loadAssets(root, true);
  app = express().disable('etag').use('/assets', serveAssets(built));
  sourceApp = express().use('/assets', serveAssets(loadAssets(root, false)));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('built static files', () => {
  const url = (name: string): string => built.url(name);

  it('are compressed by what the client takes and kept for ever', async () => {
    const brotli = await supertest(app)
      .get(url('css/site.css'))
      .set('Accept-Encoding', 'gzip, br')
      .expect(200);
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'content-type': expect.stringContaining('text/css') as unknown,
    });
    expect(brotli.text).toContain('color:red');
    const gzip = await supertest(app).get(url('css/site.css')).set('Accept-Encoding', 'gzip');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    const plain = await supertest(app).get(url('css/site.css')).set('Accept-Encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers.vary).toBe('Accept-Encoding');
  });

  it('answer 304 to the tag that they gave', async () => {
    const first = await supertest(app).get(url('fonts/face.woff2')).expect(200);
    expect(first.headers['content-type']).toBe('font/woff2');
    await supertest(app)
      .get(url('fonts/face.woff2'))
      .set('If-None-Match', first.headers.etag ?? '')
      .expect(304);
  });

  it('are the only ones: no manifest, no compressed twin by name, nothing outside', async () => {
    const twin = `${url('css/site.css')}.br`;
    for (const path of [
      '/assets/manifest.json',
      twin,
      '/assets/css/site.css',
      '/assets/',
      '/assets/nope.css',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
    ]) {
      const answer = await supertest(app).get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('have a tag of their own in each encoding', async () => {
    const tagIn = async (encoding: string): Promise<string | undefined> =>
      (await supertest(app).get(url('css/site.css')).set('Accept-Encoding', encoding)).headers.etag;
    const tags = await Promise.all(['br', 'gzip', 'identity', 'br;q=0, gzip;q=0.5'].map(tagIn));
    expect(new Set(tags).size).toBe(3);
    expect(tags[3]).toBe(tags[1]);
  });

  it('are there as long as the process is, whatever a later build removes', async () => {
    const address = url('css/site.css');
    rmSync(path.join(root, 'dist'), { recursive: true });
    await supertest(app).get(address).expect(200);
    await supertest(app).head(address).expect(200);
  });

  it('can only be read', async () => {
    const answer = await supertest(app).post(url('css/site.css')).expect(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it('have no address for what the build does not know', () => {
    expect(() => url('css/other.css')).toThrow('css/other.css');
    expect(() => url('__proto__')).toThrow('__proto__');
  });
});

describe('sources, without a build', () => {
  it('are served by their own names and checked at every use', async () => {
    const address = loadAssets(root, false).url('css/site.css');
    expect(address).toBe('/assets/css/site.css');
    const answer = await supertest(sourceApp).get(address).expect(200);
    expect(answer.headers['cache-control']).toBe('no-cache');
    await supertest(sourceApp).get('/assets/css/none.css').expect(404);
    await supertest(sourceApp).get('/assets/..%2fsecret.txt').expect(404);
    expect(() => loadAssets(root, false).url('css/none.css')).toThrow('css/none.css');
  });
});
