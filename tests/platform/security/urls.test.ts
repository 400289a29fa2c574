import { request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleErrors } from '#src/platform/error-handler.js';
import { createLogger } from '#src/platform/logger.js';
import { refuseMalformedUrls, withoutTrailingSlash } from '#src/platform/security/index.js';

let server: Server;

beforeAll(async () => {
  const app = express();
  app.use(refuseMalformedUrls());
  app.use(withoutTrailingSlash());
  app.use((req, res) => void res.send(req.path));
  app.use(handleErrors({ log: createLogger('silent') }));
  await new Promise<void>((listening) => (server = app.listen(0, '127.0.0.1', () => listening())));
});
afterAll(() => void server.close());

// Node's client sends the path as it stands, as an attacker would.
function fetchRaw(path: string, method = 'GET'): Promise<{ status: number; location?: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const req = httpRequest({ port, host: '127.0.0.1', path, method }, (res) => {
      res.resume();
      resolve({ status: res.statusCode ?? 0, location: res.headers.location });
    });
    req.on('error', reject).end();
  });
}

describe('malformed addresses', () => {
  it.each([
    '/%',
    '/%zz',
    '/posts/%E0%A4',
    '/%C0%AF',
    '/%ED%A0%80',
    '/a%00b',
    '/?q=%00',
    `/${'a'.repeat(9000)}`,
  ])('like %.20s answer 400', async (path) => {
    expect((await fetchRaw(path)).status).toBe(400);
  });

  it.each(['/%E6%97%A5', '/?q=100%', '/a%2Fb', `/${'a'.repeat(8000)}`])(
    'but not %.20s',
    async (path) => {
      expect((await fetchRaw(path)).status).toBe(200);
    },
  );
});

describe('superfluous slashes', () => {
  it.each([
    ['/posts/', '/posts'],
    ['/posts//', '/posts'],
    ['//posts', '/posts'],
    ['/posts//one/?page=2&q=a/', '/posts/one?page=2&q=a/'],
    ['//', '/'],
    ['//evil.example/', '/evil.example'],
    ['///evil.example', '/evil.example'],
    ['/%E6%97%A5/', '/%E6%97%A5'],
    ['/a/?x=\\evil', '/a?x=%5Cevil'],
  ])('%s → %s', async (from, to) => {
    expect(await fetchRaw(from)).toEqual({ status: 301, location: to });
    expect(await fetchRaw(from, 'POST')).toEqual({ status: 308, location: to });
  });

  it('never lead a browser to another host by a backslash', async () => {
    const { location } = await fetchRaw('/\\evil.example/');
    expect(location).toBe('/%5Cevil.example');
  });

  it.each(['/', '/posts', '/?a=/'])('%s stays', async (path) => {
    expect((await fetchRaw(path)).status).toBe(200);
  });
});
