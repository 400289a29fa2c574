import { describe, expect, it } from 'vitest';
import { guardedFetch } from '#src/platform/guarded-fetch/index.js';
import { here, reasonOf, refusal, serve } from './local-server.js';

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
