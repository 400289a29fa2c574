import { describe, expect, it } from 'vitest';
import { createSetupLink, ensureFirstAdmin } from '#src/users/index.js';
import { createUser, testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();
const form = {
  email: 'ada@example.org',
  username: 'ada',
  displayName: 'Ada',
  password: 'a few good words',
  siteTitle: 'Notes',
  siteLanguage: 'fr',
};

async function newToken(): Promise<string> {
  const link = await createSetupLink(app.ctx);
  expect(link).toMatch(/^http:\/\/blog\.test\/setup\?token=[\w-]{32}$/);
  return new URL(link ?? '').searchParams.get('token') ?? '';
}

const post = (fields: object) => app.request().post('/setup').type('form').send(fields);

describe('the first admin', () => {
  it('is made by the link, once, and is logged in', async () => {
    const token = await newToken();
    const page = await app.request().get(`/setup?token=${token}`).expect(200);
    expect(page.text).toContain(`value="${token}"`);
    const res = await post({ ...form, token })
      .expect(303)
      .expect('Location', '/admin');
    const [cookie = ''] = res.headers['set-cookie'] as unknown as string[];
    await app
      .request()
      .get('/account')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(200);
    const [user] = await app.db.user.findMany();
    expect(user).toMatchObject({ username: 'ada', role: 'admin', displayName: 'Ada' });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(user?.emailConfirmedAt).not.toBeNull();
    const settings = await app.db.setting.findMany({ orderBy: { key: 'asc' } });
    expect(settings.map(({ key, value }) => [key, value])).toEqual([
      ['language', 'fr'],
      ['title', 'Notes'],
    ]);
    expect(await app.db.auditEvent.count({ where: { action: 'user.create' } })).toBe(1);
    await post({ ...form, username: 'eve', email: 'eve@example.org', token }).expect(404);
    expect(await app.db.user.count()).toBe(1);
    expect(await createSetupLink(app.ctx)).toBeNull();
    const again = await app.request().get(`/setup?token=${token}`).expect(404);
    expect(again.text).toContain('href="/login"');
  });

  it('is one, however many try at the same moment', async () => {
    const token = await newToken();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        post({ ...form, token, username: name, email: `${name}@example.org` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404, 404]);
    expect(await app.db.user.count()).toBe(1);
    expect(await app.db.session.count()).toBe(1);
  });

  it('gets exactly one link that works: the newest, for a week', async () => {
    const old = await newToken();
    const newest = await newToken();
    await post({ ...form, token: old }).expect(404);
    await app.request().get(`/setup?token=${old}`).expect(404);
    await app.request().get(`/setup?token=${newest}`).expect(200);
    expect(JSON.stringify(await app.db.token.findMany())).not.toContain(newest);
    expect(await app.db.token.count()).toBe(1);
    app.clock.set(new Date(app.clock.now().getTime() + 7 * 24 * 3600 * 1000));
    await post({ ...form, token: newest }).expect(404);
    expect(await app.db.user.count()).toBe(0);
  });

  it.each(['', 'wrong', 'x'.repeat(5000)])('is not made by the token %.10s', async (token) => {
    await newToken();
    await app.request().get('/setup').query({ token }).expect(404);
    await post({ ...form, token }).expect(404);
    await post({ ...form, token: [token] }).expect(404);
    expect(await app.db.user.count()).toBe(0);
  });

  it.each([
    [{ email: 'nonsense' }, 'f-email-problem'],
    [{ email: '' }, 'f-email-problem'],
    [{ username: '-dash' }, 'f-username-problem'],
    [{ username: 'has space' }, 'f-username-problem'],
    [{ username: 'system' }, 'f-username-problem'],
    [{ password: 'too short' }, 'f-password-problem'],
    [{ password: 'x'.repeat(201) }, 'f-password-problem'],
    [{ username: 'ada.lovelace', password: 'Ada.Lovelace' }, 'f-password-problem'],
    [{ password: 'ADA@example.org' }, 'f-password-problem'],
    [{ email: ['a@b.example', 'c@d.example'] }, 'f-email-problem'],
  ])('is refused with %j, beside the field, and the link still works', async (wrong, field) => {
    const token = await newToken();
    const res = await post({ ...form, ...wrong, token }).expect(422);
    expect(res.text).toContain(`id="${field}"`);
    expect(res.text).not.toContain(form.password);
    expect(await app.db.user.count()).toBe(0);
    await post({ ...form, token }).expect(303);
  });

  it('cannot take the names of somebody who is there already', async () => {
    await createUser(app.db, { username: 'ADA', email: 'Ada@Example.org', role: 'author' });
    const res = await post({ ...form, token: await newToken() }).expect(422);
    expect(res.text).toContain('id="f-email-problem"');
    expect(res.text).toContain('id="f-username-problem"');
    expect(await app.db.user.count()).toBe(1);
  });
});

describe('ADMIN_*', () => {
  const input = { email: 'ops@example.org', username: 'ops', password: 'a few good words' };

  it('make one admin, however many processes start', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => ensureFirstAdmin(app.db, input)));
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
    expect(await app.db.user.findMany()).toMatchObject([{ username: 'ops', role: 'admin' }]);
    const login = { login: 'ops@example.org', password: input.password };
    await app.request().post('/login').type('form').send(login).expect(303);
  });

  it('do nothing where there is an admin', async () => {
    await createUser(app.db, { role: 'admin', password: testPassword });
    expect(await ensureFirstAdmin(app.db, input)).toEqual({ created: false });
    expect(await app.db.user.count()).toBe(1);
  });

  it('are refused when the password is the name', async () => {
    const same = { ...input, username: 'longusername', password: 'LongUserName' };
    await expect(ensureFirstAdmin(app.db, same)).rejects.toMatchObject({
      status: 422,
      problems: { password: { key: 'problems.passwordIsName' } },
    });
  });
});
