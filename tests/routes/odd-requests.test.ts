import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';
import { startRawClient, type RawClient, type RawRequest } from '../support/raw-client.js';

const app = useApp();
let client: RawClient;

beforeAll(async () => {
  client = await startRawClient(app.express);
});
afterAll(() => client.close());

const cookie = (name: string, value: unknown) =>
  `${name}=${Buffer.from(JSON.stringify(value)).toString('base64url')}`;

const oddHeaders: Record<string, string>[] = [
  { Host: '' },
  { Host: 'evil.example\\@blog.test:99999' },
  { Host: '[::1' },
  { Accept: '' },
  { Accept: ';;;q=2,*/*;q=x' },
  { Accept: 'application/json' },
  { 'Accept-Language': 'xx-!!,;q=9,*' },
  { 'Accept-Language': `${'a,'.repeat(2000)}en` },
  { 'Accept-Encoding': 'br;q=x, *;q=-1' },
  { 'If-None-Match': '"' },
  { 'If-None-Match': 'W/,*,"x' },
  { 'If-Modified-Since': 'yesterday' },
  { Range: 'bytes=9-1,-' },
  { 'User-Agent': 'x'.repeat(6000) },
  { 'X-Forwarded-For': '999.1.1.1, ::g, "' },
  { 'X-Forwarded-Host': '\u00ff' },
  { 'X-Requested-With': 'XMLHttpRequest' },
  { Referer: 'http://[' },
  { Cookie: '=; ;;; sid; __proto__=1; prefs=' },
  { Cookie: 'prefs=__proto__.constructor' },
  { Cookie: `prefs=${'x'.repeat(4000)}; sid=s%3A%` },
  { Cookie: 'sid=%E0%A4%A; flash=%%%' },
  { Cookie: cookie('flash', { kind: 'done', key: 'a.key.of.an.older.version' }) },
  { Cookie: cookie('flash', { kind: 'done', key: 'flash', values: { __proto__: 1 } }) },
  { Cookie: cookie('flash', null) },
  { Expect: '100-continue' },
];

const targets: Omit<RawRequest, 'headers'>[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/posts/known' },
  { method: 'GET', path: '/search?q=known' },
  { method: 'GET', path: '/feed.xml' },
  { method: 'GET', path: '/assets/nothing.css' },
  { method: 'GET', path: '/media/1' },
  { method: 'GET', path: '/nothing' },
  { method: 'GET', path: '/admin' },
  { method: 'GET', path: '/admin/posts' },
  { method: 'POST', path: '/login', body: 'login=a' },
];

const oddLines: RawRequest[] = [
  ...['HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'PROPFIND', 'TRACE', 'SEARCH', 'PURGE'].flatMap(
    (method) => targets.map(({ path }) => ({ method, path })),
  ),
  { method: 'GET', path: 'http://evil.example/posts/known' },
  { method: 'GET', path: '*' },
  { method: 'GET', path: '//evil.example/%2e%2e' },
  { method: 'GET', path: '/\\evil.example' },
  { method: 'GET', path: '/posts/..%2f..%2fetc%2fpasswd' },
  { method: 'GET', path: '/assets/..%2f..%2fpackage.json' },
  { method: 'GET', path: '/assets/%2e%2e/%2e%2e/package.json' },
  { method: 'GET', path: '/media/..%2f/..%2f/x' },
  { method: 'GET', path: '/posts/known#fragment' },
  { method: 'GET', path: `/?${'a=1&'.repeat(1800)}` },
];

async function expectNoFailure(requests: RawRequest[]): Promise<void> {
  const errors = vi.spyOn(app.ctx.log, 'error');
  const failed: string[] = [];
  for (const what of requests) {
    const { status, text } = await client.send(what);
    if (status >= 500 || text.includes('"devDependencies"')) failed.push(JSON.stringify(what));
  }
  const causes = errors.mock.calls.map(([logged]) =>
    String((logged as { err?: Error }).err?.stack),
  );
  errors.mockRestore();
  expect({ failed, causes }).toEqual({ failed: [], causes: [] });
}

async function adminCookie(): Promise<string> {
  const { agent } = await app.loginAs('admin');
  const place = { domain: '127.0.0.1', path: '/', secure: false, script: false };
  return agent.jar.getCookies(place as never).toValueString();
}

it('survives odd headers, from nobody and from an admin', async () => {
  await createPost(app.db, { slug: 'known' });
  const own = await adminCookie();
  const requests = targets.flatMap((target) =>
    oddHeaders.flatMap((headers) => [
      { ...target, headers },
      {
        ...target,
        headers: { ...headers, Cookie: [own, headers.Cookie].filter(Boolean).join('; ') },
      },
    ]),
  );
  await expectNoFailure(requests);
}, 300_000);

it('survives odd methods and odd request lines', async () => {
  await createPost(app.db, { slug: 'known' });
  const own = await adminCookie();
  await expectNoFailure(oddLines.flatMap((line) => [line, { ...line, headers: { Cookie: own } }]));
}, 300_000);
