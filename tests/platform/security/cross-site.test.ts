import express from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { handleErrors } from '#src/platform/error-handler.js';
import { createLogger } from '#src/platform/logger.js';
import { refuseCrossSite } from '#src/platform/security/index.js';

function site(options: { trustProxy?: boolean } = {}) {
  const app = express();
  app.set('trust proxy', options.trustProxy ?? false);
  const machines = (path: string) => path === '/webmention';
  app.use(refuseCrossSite({ baseUrl: 'https://blog.example' }, machines));
  app.use((_req, res) => void res.send('in'));
  app.use(handleErrors({ log: createLogger('silent') }));
  return supertest(app);
}

const send = (headers: Record<string, string>, options = {}, path = '/form') =>
  site(options).post(path).set(headers);

describe('unsafe requests', () => {
  it.each([
    ['of the same origin', { 'Sec-Fetch-Site': 'same-origin' }],
    ['typed or from a bookmark', { 'Sec-Fetch-Site': 'none' }],
    ['of no browser', {}],
    ['with our host and port as origin', { Host: 'a.test:8080', Origin: 'http://a.test:8080' }],
    [
      'with the origin of BASE_URL behind a proxy',
      { Host: 'app:3000', Origin: 'https://blog.example' },
    ],
    [
      'whose fetch header says so, whatever the origin',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' },
    ],
  ])('pass %s', async (_what, headers) => {
    await send(headers).expect(200);
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister host', { 'Sec-Fetch-Site': 'same-site' }],
    ['a browser that says nonsense', { 'Sec-Fetch-Site': 'same-origin, none' }],
    ['another origin', { Host: 'a.test', Origin: 'https://evil.example' }],
    ['another port', { Host: 'a.test:8080', Origin: 'http://a.test:9090' }],
    ['a longer name', { Host: 'a.test', Origin: 'http://a.test.evil.example' }],
    ['an origin hidden', { Host: 'a.test', Origin: 'null' }],
    ['an origin without a host', { Host: 'a.test', Origin: 'file://' }],
    [
      'an untrusted forwarded host',
      { Host: 'a.test', 'X-Forwarded-Host': 'b.test', Origin: 'http://b.test' },
    ],
  ])('are refused from %s', async (_what, headers) => {
    const res = await send(headers).expect(403);
    expect(res.text).toBe('This request came from another site.');
  });

  it('believe a proxy that is trusted', async () => {
    const headers = { Host: 'app:3000', 'X-Forwarded-Host': 'b.test', Origin: 'http://b.test' };
    await send(headers, { trustProxy: true }).expect(200);
  });

  it('pass to what is meant for machines', async () => {
    await send({ 'Sec-Fetch-Site': 'cross-site' }, {}, '/webmention').expect(200);
  });
});

describe('safe requests', () => {
  it.each(['get', 'head', 'options'] as const)('by %s pass from anywhere', async (method) => {
    await site()[method]('/form').set('Sec-Fetch-Site', 'cross-site').expect(200);
  });
});
