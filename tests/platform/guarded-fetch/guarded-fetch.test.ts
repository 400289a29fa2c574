import { createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { guardedFetch, type GuardedFetchReason } from '#src/platform/guarded-fetch/index.js';
import { here, portOf, reasonOf, refusal, serve, servers } from './local-server.js';

describe('an answer', () => {
  it('comes with its type, headers and body; we say who we are and nothing else', async () => {
    let seen: unknown;
    const port = await serve((req, res) => {
      seen = [req.method, req.url, { ...req.headers, host: undefined }];
      res
        .setHeader('Content-Type', 'Image/PNG; charset=x')
        .setHeader('X-Extra', 'yes')
        .end('hello');
    });
    const answer = await guardedFetch(`http://127.0.0.1:${port}/a?b=c#d`, {
      ...here,
      accept: ['image/*'],
    });
    expect(answer).toMatchObject({
      url: `http://127.0.0.1:${port}/a?b=c`,
      status: 200,
      contentType: 'image/png',
      body: Buffer.from('hello'),
    });
    expect(answer.headers['x-extra']).toBe('yes');
    expect(seen).toEqual([
      'GET',
      '/a?b=c',
      {
        'user-agent': 'Billet (self-hosted blog)',
        accept: 'image/*',
        'accept-encoding': 'gzip, deflate, br',
        connection: 'close',
        host: undefined,
      },
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('packed as %s is unpacked', async (encoding, pack) => {
    const port = await serve((_req, res) => {
      res.setHeader('Content-Encoding', encoding).end(pack(Buffer.from('content')));
    });
    const { body } = await guardedFetch(`http://127.0.0.1:${port}/`, here);
    expect(body.toString()).toBe('content');
  });

  it('is followed through redirects, relative ones too', async () => {
    const port = await serve((req, res) => {
      const next: Record<string, string> = {
        '/1': '2',
        '/2': `//127.0.0.1:${port}/3`,
        '/3': '?four',
      };
      const location = next[req.url ?? ''];
      if (location) res.writeHead(302, { Location: location }).end('moved');
      else res.end(req.url);
    });
    const { url, body } = await guardedFetch(`http://127.0.0.1:${port}/1`, here);
    expect(url).toBe(`http://127.0.0.1:${port}/3?four`);
    expect(body.toString()).toBe('/3?four');
  });
});

describe('refused on the way', () => {
  it.each([
    ['http://10.0.0.1/', 'forbidden'],
    ['file:///etc/passwd', 'address'],
    ['http://user:pass@127.0.0.1/', 'address'],
    ['http://[', 'address'],
  ] satisfies [string, GuardedFetchReason][])('a redirect to %s', async (location, reason) => {
    const port = await serve((_req, res) => res.writeHead(302, { Location: location }).end());
    expect(await reasonOf(`http://127.0.0.1:${port}/`)).toBe(reason);
  });

  it('a circle of redirects, after the sixth', async () => {
    let visits = 0;
    const port = await serve((_req, res) => {
      visits += 1;
      res.writeHead(307, { Location: '/again' }).end();
    });
    expect(await reasonOf(`http://127.0.0.1:${port}/`)).toBe('redirects');
    expect(visits).toBe(6);
  });

  it('an error status, a redirect without a target among them', async () => {
    const port = await serve((req, res) => res.writeHead(Number(req.url?.slice(1))).end('body'));
    for (const status of [304, 302, 400, 404, 410, 500, 503]) {
      const error = await refusal(`http://127.0.0.1:${port}/${status}`);
      expect(error).toMatchObject({ reason: 'status', status });
    }
  });

  it('a type that was not asked for, and none', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/html') res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.end('<html>');
    });
    const accept = ['image/*', 'application/octet-stream'];
    expect(await reasonOf(`http://127.0.0.1:${port}/html`, { accept })).toBe('type');
    expect(await reasonOf(`http://127.0.0.1:${port}/none`, { accept })).toBe('type');
  });
});

describe('too much', () => {
  const limit = { maxBytes: 1000 };

  it('announced', async () => {
    const port = await serve((_req, res) => res.setHeader('Content-Length', '1001').end());
    expect(await reasonOf(`http://127.0.0.1:${port}/`, limit)).toBe('size');
  });

  it('sent without an announcement, for ever', async () => {
    const port = await serve((_req, res) => {
      const more = () =>
        void (res.destroyed || res.write('x'.repeat(300), () => setImmediate(more)));
      more();
    });
    expect(await reasonOf(`http://127.0.0.1:${port}/`, limit)).toBe('size');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('after unpacking %s', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(5_000_000));
    const port = await serve((_req, res) => {
      res.setHeader('Content-Encoding', encoding).end(bomb);
    });
    const options = { maxBytes: 100_000 };
    expect(bomb.length).toBeLessThan(options.maxBytes);
    expect(await reasonOf(`http://127.0.0.1:${port}/`, options)).toBe('size');
  });

  it('exactly at the limit is not too much', async () => {
    const port = await serve((_req, res) => res.end('x'.repeat(1000)));
    const { body } = await guardedFetch(`http://127.0.0.1:${port}/`, { ...here, ...limit });
    expect(body.length).toBe(1000);
  });
});

describe('too slow', () => {
  it('with the headers', async () => {
    const port = await serve(() => undefined);
    const options = { headersTimeout: 50 };
    expect(await reasonOf(`http://127.0.0.1:${port}/`, options)).toBe('timeout');
  });

  it('with the body, however steadily it drips', async () => {
    const port = await serve((_req, res) => {
      const drip = setInterval(() => res.write('.'), 10);
      res.on('close', () => clearInterval(drip));
    });
    expect(await reasonOf(`http://127.0.0.1:${port}/`, { timeout: 150 })).toBe('timeout');
  });

  it('with the name', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    expect(await reasonOf('http://slow.example/', { resolve, timeout: 50 })).toBe('timeout');
  });

  it('for whoever asked', async () => {
    const port = await serve(() => ending.abort());
    const ending = new AbortController();
    const options = { signal: ending.signal };
    expect(await reasonOf(`http://127.0.0.1:${port}/`, options)).toBe('aborted');
  });
});

describe('broken', () => {
  /** A server that answers these bytes to whatever is said, and hangs up. */
  async function answering(bytes: string): Promise<string> {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${portOf(server)}/`;
  }

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'malformed'],
    ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 'malformed'],
    ['damaged gzip', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip', 'malformed'],
    ['an unknown packing', 'HTTP/1.1 200 OK\r\nContent-Encoding: zip, gzip\r\n\r\nx', 'malformed'],
    ['less than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort', 'unreachable'],
    ['nothing', '', 'unreachable'],
  ])('%s', async (_what, bytes, reason) => {
    expect(await reasonOf(await answering(bytes))).toBe(reason);
  });

  it('TLS where there is none', async () => {
    const address = await answering('HTTP/1.1 200 OK\r\n\r\n');
    expect(await reasonOf(address.replace('http:', 'https:'))).toBe('unreachable');
  });

  it('a port where nobody listens', async () => {
    const port = await serve(() => undefined);
    await new Promise<void>((done) => servers.pop()?.close(() => done()));
    expect(await reasonOf(`http://127.0.0.1:${port}/`)).toBe('unreachable');
  });
});
