import { hash } from '@node-rs/argon2';
import type supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { createUser, testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();

const cookiesOf = (res: supertest.Response): string[] =>
  (res.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
const post = (form: object) => app.request().post('/login').type('form').send(form);

describe('logging in', () => {
  it('begins a session with the user name, in whatever case, or the e-mail address', async () => {
    const user = await createUser(app.db, { role: 'editor', password: testPassword });
    for (const login of [user.username, user.username.toUpperCase(), user.email]) {
      const res = await post({ login, password: testPassword }).expect(303);
      expect(res.headers.location).toBe('/admin');
      const [cookie] = cookiesOf(res);
      expect(cookie).toMatch(/^sid=.+; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/);
    }
    expect(await app.db.session.count({ where: { userId: user.id } })).toBe(3);
    const events = await app.db.auditEvent.findMany({ where: { action: 'user.login' } });
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      actorId: user.id,
      targetId: String(user.id),
      address: '127.0.0.1',
    });
  });

  it('keeps the hash of the id, the address and the agent, never the id', async () => {
    const user = await createUser(app.db, { password: testPassword });
    const res = await post({ login: user.username, password: testPassword }).set(
      'User-Agent',
      'Test/1',
    );
    const id =
      decodeURIComponent(cookiesOf(res)[0] ?? '')
        .slice(6)
        .split('.')[0] ?? '';
    const [row] = await app.db.session.findMany();
    expect(row).toMatchObject({ userId: user.id, address: '127.0.0.1', agent: 'Test/1' });
    expect(id.length).toBeGreaterThan(20);
    expect(JSON.stringify(row)).not.toContain(id);
    expect(row?.expiresAt).toEqual(new Date('2026-12-21T12:00:00.000Z'));
  });

  it('goes where it was asked to go, on this site only', async () => {
    const user = await createUser(app.db, { role: 'reader', password: testPassword });
    const to = async (returnTo: unknown) =>
      (await post({ login: user.username, password: testPassword, returnTo }).expect(303)).headers
        .location;
    expect(await to('/posts/one?page=2')).toBe('/posts/one?page=2');
    expect(await to('//evil.example')).toBe('/');
    expect(await to('/\\evil.example')).toBe('/');
    expect(await to('https://evil.example')).toBe('/');
    expect(await to(['/a', '/b'])).toBe('/');
  });

  it('says the same for a wrong password, nobody, an unclaimed, a suspended and a deleted account', async () => {
    const real = await createUser(app.db, { password: testPassword });
    const unclaimed = await createUser(app.db, {});
    const suspended = await createUser(app.db, { password: testPassword, suspendedAt: new Date() });
    const deleted = await createUser(app.db, { password: testPassword, deletedAt: new Date() });
    const answers = new Set<string>();
    const tries = [
      [real.username, 'wrong'],
      ['nobody', testPassword],
      [unclaimed.username, testPassword],
      [suspended.username, testPassword],
      [deleted.username, testPassword],
    ] as const;
    for (const [login, password] of tries) {
      const res = await post({ login, password }).expect(422);
      expect(cookiesOf(res)).toEqual([]);
      answers.add(res.text.replaceAll(login, 'NAME'));
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('The name or the password is not right.');
    expect(await app.db.session.count()).toBe(0);
  });

  it('gives the name back, never the password', async () => {
    const res = await post({ login: 'some <b>body', password: 'secret words' }).expect(422);
    expect(res.text).toContain('value="some &lt;b&gt;body"');
    expect(res.text).not.toContain('secret words');
  });

  it.each([
    [{}, /id="f-login-problem"/],
    [{ login: 'a' }, /id="f-password-problem"/],
    [{ login: ['a', 'b'], password: 'x' }, /id="f-login-problem"/],
    [{ login: 'a', password: 'x'.repeat(201) }, /At most 200/],
    [{ login: 'a\0', password: 'x' }, /cannot be stored/],
  ])('refuses %j beside the field', async (form, said) => {
    const res = await post(form).expect(422);
    expect(res.text).toMatch(said);
  });

  it('sends somebody who is logged in on their way', async () => {
    const { agent } = await app.loginAs('author');
    await agent.get('/login').expect(303).expect('Location', '/admin');
  });

  it('rotates the id and ends the session that was there', async () => {
    const { agent, user } = await app.loginAs('author');
    const [before] = await app.db.session.findMany();
    await agent
      .post('/login')
      .type('form')
      .send({ login: user.username, password: testPassword })
      .expect(303);
    const rows = await app.db.session.findMany();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.idHash).not.toEqual(before?.idHash);
  });

  it('makes a hash with weaker parameters anew', async () => {
    const weak = await hash(testPassword, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    const user = await createUser(app.db, { passwordHash: weak });
    await post({ login: user.username, password: testPassword }).expect(303);
    const { passwordHash } = await app.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await post({ login: user.username, password: testPassword }).expect(303);
  });
});

describe('logging out', () => {
  it('ends the row and the cookie', async () => {
    const { agent } = await app.loginAs('admin');
    const res = await agent.post('/logout').expect(303).expect('Location', '/');
    expect(cookiesOf(res)[0]).toMatch(/^sid=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect(cookiesOf(res)).toHaveLength(1);
    expect(await app.db.session.count()).toBe(0);
    const again = await agent.get('/login').expect(200);
    expect(cookiesOf(again)).toEqual([]);
  });

  it('does nothing for nobody', async () => {
    await app.request().post('/logout').expect(303);
    expect(await app.db.session.count()).toBe(0);
  });
});
