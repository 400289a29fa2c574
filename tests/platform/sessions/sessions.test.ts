import { describe, expect, it, vi } from 'vitest';
import { createUser, testPassword } from '../../support/factories.js';
import { useApp } from '../../support/app.js';
import { endSessions, hashSessionId, removeExpiredSessions } from '#src/platform/sessions/index.js';

const app = useApp();
const minutes = (n: number) => new Date(app.clock.now().getTime() + n * 60_000);
const days = (n: number) => minutes(n * 24 * 60);

const setCookie = (res: { headers: Record<string, unknown> }): string[] =>
  (res.headers['set-cookie'] as string[] | undefined) ?? [];

describe('a reader without a session', () => {
  it('gets no cookie and costs no query about sessions', async () => {
    const find = vi.spyOn(app.db.session, 'findFirst');
    const res = await app.request().get('/login').expect(200);
    expect(setCookie(res)).toEqual([]);
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
    expect(await app.db.session.count()).toBe(0);
  });

  it('may be answered from a cache, which asks whether it is still so', async () => {
    const res = await app.request().get('/').expect(200);
    expect(res.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(res.headers.vary).toContain('Cookie');
    const form = await app.request().get('/login');
    expect(form.headers['cache-control']).toBe('private, no-store');
  });

  it('loses a cookie that stands for nothing, signed or not', async () => {
    const { agent } = await app.loginAs('reader');
    await app.db.session.deleteMany();
    const res = await agent.get('/').expect(200);
    expect(setCookie(res)).toEqual([
      expect.stringMatching(/^sid=; Path=\/; Expires=Thu, 01 Jan 1970/),
    ]);
    for (const forged of ['sid=made-up', 'sid=s%3Amade-up.up', 'sid=', 'sid=s%3A.']) {
      const answer = await app.request().get('/').set('Cookie', forged).expect(200);
      expect(setCookie(answer)[0]).toMatch(/^sid=;/);
    }
    expect(await app.db.session.count()).toBe(0);
  });
});

describe('a session', () => {
  it('makes the person known and keeps their pages out of caches', async () => {
    const { agent, user } = await app.loginAs('reader');
    const res = await agent.get('/account').expect(200);
    expect(res.text).toContain(user.email);
    expect(res.headers['cache-control']).toBe('private, no-store');
    const home = await agent.get('/').expect(200);
    expect(home.headers['cache-control']).toBe('private, no-store');
  });

  it('is one query for session and person', async () => {
    const { agent } = await app.loginAs('reader');
    const sessions = vi.spyOn(app.db.session, 'findFirst');
    const users = vi.spyOn(app.db.user, 'findFirst');
    await agent.get('/login').expect(303);
    expect([sessions.mock.calls.length, users.mock.calls.length]).toEqual([1, 0]);
    sessions.mockRestore();
    users.mockRestore();
  });

  it('notes its use once a minute and lives 30 days from the last', async () => {
    const { agent } = await app.loginAs('reader');
    const start = app.clock.now();
    app.clock.set(minutes(0.5));
    await agent.get('/account').expect(200);
    expect(await app.db.session.findFirst()).toMatchObject({ lastUsedAt: start });
    app.clock.set(days(29));
    await agent.get('/account').set('User-Agent', 'Other/2').expect(200);
    const row = await app.db.session.findFirstOrThrow();
    expect(row).toMatchObject({
      lastUsedAt: app.clock.now(),
      expiresAt: days(30),
      agent: 'Other/2',
    });
    app.clock.set(days(29));
    await agent.get('/account').expect(200);
    app.clock.set(days(30));
    await agent.get('/account').expect(302);
  });

  it.each(['suspendedAt', 'deletedAt'] as const)(
    'ends at once for an account with %s',
    async (column) => {
      const { agent, user } = await app.loginAs('admin');
      await app.db.user.update({ where: { id: user.id }, data: { [column]: app.clock.now() } });
      await agent.get('/account').expect(302);
      expect(await app.db.session.count()).toBe(0);
    },
  );

  it('gives rights that were taken away no longer', async () => {
    const { agent, user } = await app.loginAs('admin');
    await agent.get('/account').expect(200);
    await app.db.user.update({ where: { id: user.id }, data: { role: 'reader' } });
    await agent.get('/admin').expect(403);
  });

  it('is not brought back by a request that was under way when it ended', async () => {
    const { agent, user } = await app.loginAs('reader');
    const [before] = await Promise.all([agent.get('/account'), endSessions(app.db, user.id)]);
    expect([200, 302]).toContain(before.status);
    expect(await app.db.session.count()).toBe(0);
  });
});

describe('ending sessions', () => {
  it('ends all of one person, except one', async () => {
    const first = await app.loginAs('reader');
    const other = await app.loginAs('reader');
    const kept = hashSessionId('kept');
    await app.db.session.create({
      data: { idHash: new Uint8Array(kept), userId: first.user.id, data: {}, expiresAt: days(1) },
    });
    expect(await endSessions(app.db, first.user.id, kept)).toBe(1);
    await first.agent.get('/account').expect(302);
    await other.agent.get('/account').expect(200);
    expect(await app.db.session.count()).toBe(2);
  });

  it('sweeps away what has expired', async () => {
    await app.loginAs('reader');
    app.clock.set(days(20));
    await app.loginAs('reader');
    app.clock.set(days(11));
    expect(await removeExpiredSessions(app.ctx)).toBe(1);
    expect(await app.db.session.count()).toBe(1);
  });
});

describe('with https', () => {
  const secure = useApp({ BASE_URL: 'https://blog.test' });

  it('the cookie is Secure and bound to the host, also behind a proxy that is not configured', async () => {
    const user = await createUser(secure.db, { password: testPassword });
    const form = { login: user.username, password: testPassword };
    const res = await secure.request().post('/login').type('form').send(form).expect(303);
    expect(setCookie(res)[0]).toMatch(
      /^__Host-sid=.+; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cookie = setCookie(res)[0]?.split(';')[0] ?? '';
    await secure.request().get('/account').set('Cookie', cookie).expect(200);
  });
});
