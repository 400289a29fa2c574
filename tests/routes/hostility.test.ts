import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useApp } from '../support/app.js';
import { formsIn } from '../support/forms.js';
import { knownFields, naughtyWords, worstWords, wrongTypes } from '../support/hostile.js';
import { startRawClient, type RawClient, type RawRequest } from '../support/raw-client.js';
import { fillPath, routesOf, type MountedRoute } from '../support/route-list.js';
import { createWorld, parameterOf, type World } from '../support/world.js';

const app = useApp();
const fields = knownFields();
const visitors = ['anonymous', 'reader', 'author', 'editor', 'admin'] as const;
type Visitor = (typeof visitors)[number];
let client: RawClient;

beforeAll(async () => {
  client = await startRawClient(app.express);
});
afterAll(() => client.close());

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const json = { 'Content-Type': 'application/json' };
const parts = { 'Content-Type': 'multipart/form-data; boundary=x' };
const part = (name: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a\u0000.png"\r\n\r\n${content}\r\n`;

/** All fields at once with one value: enough to reach the field that cannot bear it. */
const everyField = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(fields.map((name) => [name, value]));
const encoded = (value: string): string =>
  fields.map((name) => `${name}=${encodeURIComponent(value)}`).join('&');
const doubled = fields.map((name) => `${name}=1&${name}=2&${name}[a]=3&${name}[]=4`).join('&');

const oddBodies: Omit<RawRequest, 'method' | 'path'>[] = [
  {},
  { headers: form, body: '' },
  { headers: form, body: doubled },
  { headers: form, body: encoded('?').replaceAll('%3F', '%ED%A0%80') },
  { headers: form, body: '%&=&&%zz=%' },
  { headers: json, body: '{' },
  { headers: json, body: '[]' },
  { headers: json, body: '"text"' },
  { headers: { 'Content-Type': 'text/plain' }, body: 'text' },
  { headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=evil' }, body: 'a=b' },
  { headers: { ...form, 'Content-Encoding': 'gzip' }, body: 'this is no gzip' },
  { headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' },
  { headers: parts, body: '--x\r\nContent-Dis' },
  { headers: parts, body: `${part('file', '\0')}--x--\r\n` },
  { headers: parts, body: `${part('__proto__', 'x')}${part('nobody', 'y')}--x--\r\n` },
];

const oddCursors = ['-1', 'x', 'zzzzzzzzzzz-zzzzzzz', '0-0', '%2B275760-09-13'];

const knownPath = (route: MountedRoute, world: World) =>
  fillPath(route.path, (name) => parameterOf(world, route.path, name));

function paths(route: MountedRoute): string[] {
  if (!/[:*]/.test(route.path)) return [];
  return [...naughtyWords, '999999'].map((word) => fillPath(route.path, () => word));
}

function readings(route: MountedRoute, world: World): RawRequest[] {
  const known = knownPath(route, world);
  const words = worstWords.map((word) => encodeURIComponent(word).slice(0, 300));
  const queries = [
    ...words.map((word) => `q=${word}&page=${word}&saved=${word}&status=${word}`),
    ...oddCursors.flatMap((word) => [`before=${word}`, `after=${word}&q=text`]),
  ];
  const all = [
    ...paths(route),
    known,
    ...[doubled.slice(0, 7000), ...queries].map((query) => `${known}?${query}`),
  ];
  return all.map((path) => ({ method: route.method, path }));
}

function writings(route: MountedRoute, world: World): RawRequest[] {
  const { method } = route;
  const path = knownPath(route, world);
  const words = worstWords.map((word) => ({ headers: form, body: encoded(word) }));
  const types = wrongTypes.map((value) => ({
    headers: json,
    body: JSON.stringify(everyField(value)),
  }));
  return [
    ...paths(route).map((odd) => ({ method, path: odd, headers: form, body: encoded('1') })),
    ...[...oddBodies, ...words, ...types].map((rest) => ({ method, path, ...rest })),
  ];
}

interface Visit {
  headers: Record<string, string>;
  user: { id: number; username: string };
}

// These end the session, or count tries until its person has to wait.
const touchesSession = (route: MountedRoute) => /^\/(?:log|account)/.test(route.path);

/** Somebody of this kind. */
async function visit(visitor: Visitor): Promise<Visit> {
  const { agent, user } = await app.loginAs(visitor === 'anonymous' ? 'admin' : visitor);
  const place = { domain: '127.0.0.1', path: '/', secure: false, script: false };
  const cookie = agent.jar.getCookies(place as never).toValueString();
  return { headers: visitor === 'anonymous' ? {} : { Cookie: cookie }, user };
}

/** Sends everything; answers what failed inside. */
async function failing(requests: RawRequest[], headers: Record<string, string>): Promise<string[]> {
  const failed: string[] = [];
  for (const what of requests) {
    const { status } = await client.send({ ...what, headers: { ...headers, ...what.headers } });
    const said = `${what.method} ${what.path.slice(0, 200)} ${String(what.body ?? '').slice(0, 200)}`;
    if (status >= 500) failed.push(said);
  }
  return failed;
}

/** Runs the attacks; expects that nothing failed, neither in an answer nor in the log. */
async function expectNoFailure(attacks: () => Promise<string[]>): Promise<void> {
  const errors = vi.spyOn(app.ctx.log, 'error');
  const failed = await attacks();
  const causes = errors.mock.calls.map(([logged]) => {
    const { err, path } = logged as { err?: Error; path?: string };
    return `${path ?? ''}: ${err?.stack?.slice(0, 600) ?? 'unknown'}`;
  });
  errors.mockRestore();
  expect({ failed: failed.slice(0, 10), causes: causes.slice(0, 10) }).toEqual({
    failed: [],
    causes: [],
  });
}

/**
 * An admin tries every second attack, the others, who are mostly turned away, every eighth, at each
 * route from another beginning. HOSTILITY=full lets everybody try everything.
 */
function shareOf(visitor: Visitor): number {
  if (process.env.HOSTILITY === 'full') return 1;
  return visitor === 'admin' ? 2 : 8;
}

describe('hostile input', () => {
  it('is sent to every route there is, in every field there is', () => {
    const routes = routesOf(app.express).map(({ method, path }) => `${method} ${path}`);
    expect(routes).toEqual(
      expect.arrayContaining(['POST /login', 'GET /:page', 'POST /admin/posts']),
    );
    expect(routes.length).toBeGreaterThan(50);
    expect(fields).toEqual(expect.arrayContaining(['login', 'displayName', 'body', 'before']));
  });

  it.each(visitors)(
    'never breaks a route, from %s',
    async (visitor) => {
      const every = shareOf(visitor);
      await expectNoFailure(async () => {
        const failed: string[] = [];
        let { headers, user } = await visit(visitor);
        for (const [turn, route] of routesOf(app.express).entries()) {
          const world = await createWorld(app, user);
          const attacks = route.method === 'GET' ? readings(route, world) : writings(route, world);
          const share = attacks.filter((_attack, index) => (index + turn) % every === 0);
          failed.push(...(await failing(share, headers)));
          if (touchesSession(route)) ({ headers, user } = await visit(visitor));
        }
        return failed;
      });
    },
    600_000,
  );

  it('never breaks a form that is right but for one field', async () => {
    let tried = 0;
    await expectNoFailure(async () => {
      const failed: string[] = [];
      let { headers, user } = await visit('admin');
      for (const route of routesOf(app.express).filter(({ method }) => method === 'GET')) {
        const world = await createWorld(app, user);
        const page = await client.send({ method: 'GET', path: knownPath(route, world), headers });
        const requests = formsIn(page.text).flatMap((offered) =>
          spoilt(offered, knownPath(route, world)),
        );
        tried += requests.length;
        failed.push(...(await failing(requests, headers)));
        if (touchesSession(route)) ({ headers, user } = await visit('admin'));
      }
      return failed;
    });
    expect(tried).toBeGreaterThan(300);
  }, 600_000);
});

const seen = new Set<string>();

/** The form with one field after the other spoilt; each field of each form once. */
function spoilt(offered: ReturnType<typeof formsIn>[number], page: string): RawRequest[] {
  const path = offered.action || page;
  if (path === '/logout') return [];
  return offered.fields.flatMap(([name], index) => {
    const place = `${path.replace(/\d+/g, 'n')} ${name}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return worstWords.map((word) => {
      const values = offered.fields.map(([key, value], at) => [key, at === index ? word : value]);
      return { method: 'POST', path, headers: form, body: new URLSearchParams(values).toString() };
    });
  });
}
