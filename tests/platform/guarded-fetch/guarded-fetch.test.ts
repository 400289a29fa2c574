import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  GuardedFetchError,
  guardedFetch,
  type GuardedFetchOptions,
  type GuardedFetchReason,
} from '#src/platform/guarded-fetch/index.js';

const servers: { close(done: () => void): unknown; closeAllConnections?(): void }[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    await new Promise<void>((done) => server.close(() => done()));
  }
});

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}

/** A server on this machine; answers its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return portOf(server);
}

const here: GuardedFetchOptions = { maxBytes: 10_000, allow: (address) => address === '127.0.0.1' };

async function refusal(address: string, options: Partial<GuardedFetchOptions> = {}) {
  const error: unknown = await guardedFetch(address, { ...here, ...options }).then(
    () => 'fetched',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GuardedFetchError))
    throw new Error(`expected a refusal: ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]{10,300}\.$/);
  return error;
}

async function reasonOf(address: string, options: Partial<GuardedFetchOptions> = {}) {
  return (await refusal(address, options)).reason;
}

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

describe('refused before anything is sent', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.0.0.192/',
    'http://198.18.0.1/',
    'http://203.0.113.9/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://[64:ff9b::10.0.0.1]/',
    'http://[64:ff9b:1::808:808]/',
    'http://[2002:7f00:1::]/',
    'http://[2001::1]/',
    'http://[2001:db8::1]/',
    'http://[fc00::1]/',
    'http://[fd12:3456::1]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
  ])('%s', async (address) => {
    expect(await reasonOf(address, { allow: undefined })).toBe('forbidden');
  });

  it.each([22, 25, 5432, 6379, 3000, 8081])('port %i', async (port) => {
    expect(await reasonOf(`http://8.8.8.8:${port}/`)).toBe('forbidden');
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.org/',
    'gopher://example.org/',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    '/relative',
    '',
    'http://',
    'http://user@example.org/',
    'http://user:password@example.org/',
    'https://[fe80::1%25eth0]/',
  ])('%j', async (address) => {
    expect(await reasonOf(address)).toBe('address');
  });

  it('a name of which only one address is not public', async () => {
    const resolve = async () => ['93.184.215.14', '10.0.0.1'];
    expect(await reasonOf('http://mixed.example/', { resolve, allow: undefined })).toBe(
      'forbidden',
    );
  });

  it('a name that nobody knows', async () => {
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'));
    expect(await reasonOf('http://nobody.example/', { resolve })).toBe('unresolved');
  });
});

describe('a name', () => {
  it('is resolved once, and its checked address is the one connected to', async () => {
    const port = await serve((req, res) => res.end(req.headers.host));
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return asked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
    };
    const { body } = await guardedFetch(`http://rebind.example:${port}/`, { ...here, resolve });
    expect(body.toString()).toBe(`rebind.example:${port}`);
    expect(asked).toEqual(['rebind.example']);
  });

  it('is checked anew at each redirect', async () => {
    const port = await serve((_req, res) => {
      res.writeHead(302, { Location: `http://second.example:${port}/` }).end();
    });
    const resolve = async (host: string) =>
      host === 'first.example' ? ['127.0.0.1'] : ['192.168.0.1'];
    const error = await refusal(`http://first.example:${port}/`, { resolve });
    expect(error.reason).toBe('forbidden');
    expect(error.message).toContain('second.example');
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
