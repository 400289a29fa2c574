import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();
const profile = {
  displayName: 'New Name',
  bio: 'A <b>line</b>.\r\nAnother.',
  website: 'https://a.example/me',
};
const change = { currentPassword: testPassword, password: 'a newer longer one' };
const everyForm = [
  '/account',
  '/account/password',
  '/account/sessions/deletion',
  '/account/picture',
  '/account/picture/deletion',
];

describe('the account page', () => {
  it('is for those who are logged in', async () => {
    await app
      .request()
      .get('/account')
      .expect(302)
      .expect('Location', '/login?returnTo=%2Faccount');
    for (const path of everyForm) await app.request().post(path).type('form').send({}).expect(401);
  });

  it('saves what a person says of themselves, and only of themselves', async () => {
    const { agent, user } = await app.loginAs('author');
    const other = await app.loginAs('author');
    const form = { ...profile, id: other.user.id, role: 'admin', email: 'x@example.org' };
    await agent.post('/account').type('form').send(form).expect(303);
    expect(await app.db.user.findUnique({ where: { id: user.id } })).toMatchObject({
      displayName: 'New Name',
      bio: 'A <b>line</b>.\nAnother.',
      website: 'https://a.example/me',
      role: 'author',
      email: user.email,
    });
    expect(await app.db.user.findUnique({ where: { id: other.user.id } })).toMatchObject({
      bio: '',
    });
    const page = await agent.get('/account?saved=profile').expect(200);
    expect(page.text).toContain('Your profile is saved.');
    expect(page.text).toContain('A &lt;b&gt;line&lt;/b&gt;.');
  });

  it.each([
    [{ displayName: ' ' }, 'displayName'],
    [{ displayName: 'x'.repeat(101) }, 'displayName'],
    [{ website: 'javascript:alert(1)' }, 'website'],
    [{ website: 'nonsense' }, 'website'],
    [{ bio: ['a', 'b'] }, 'bio'],
    [{ bio: 'a\0b' }, 'bio'],
  ])('gives %j back with the problem', async (wrong, field) => {
    const { agent, user } = await app.loginAs('reader');
    const res = await agent
      .post('/account')
      .type('form')
      .send({ ...profile, ...wrong })
      .expect(422);
    expect(res.text).toContain(`id="f-${field}-problem"`);
    expect(res.text).toContain(field === 'displayName' ? 'https://a.example/me' : 'New Name');
    const row = await app.db.user.findUnique({ where: { id: user.id } });
    expect(row).toMatchObject({ displayName: user.displayName, bio: '' });
  });
});

describe('a change of password', () => {
  it('takes the old one, ends the other sessions and rotates this one', async () => {
    const { agent, user } = await app.loginAs('reader');
    const old = await app.db.session.findFirstOrThrow();
    const elsewhere = { login: user.username, password: testPassword };
    await app.request().post('/login').type('form').send(elsewhere).expect(303);
    await agent.post('/account/password').type('form').send(change).expect(303);
    const sessions = await app.db.session.findMany({ where: { userId: user.id } });
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.idHash).not.toEqual(old.idHash);
    await agent.get('/account?saved=password').expect(200);
    await app.request().post('/login').type('form').send(elsewhere).expect(422);
    const now = { login: user.username, password: change.password };
    await app.request().post('/login').type('form').send(now).expect(303);
    const events = await app.db.auditEvent.findMany({ where: { action: 'user.password' } });
    expect(events).toMatchObject([{ actorId: user.id, data: { endedSessions: 1 } }]);
  });

  it.each([
    [{ currentPassword: 'wrong' }, 'f-currentPassword-problem'],
    [{ password: 'short' }, 'f-newPassword-problem'],
    [{ password: '' }, 'f-newPassword-problem'],
  ])('is refused with %j', async (wrong, problem) => {
    const { agent, user } = await app.loginAs('reader');
    const res = await agent
      .post('/account/password')
      .type('form')
      .send({ ...change, ...wrong })
      .expect(422);
    expect(res.text).toContain(`id="${problem}"`);
    expect(res.text).not.toContain(change.password);
    const row = await app.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(row.passwordHash).toBe(user.passwordHash);
  });

  it('may not be the address, and cannot be guessed without end', async () => {
    const { agent, user } = await app.loginAs('reader');
    const post = (form: object) => agent.post('/account/password').type('form').send(form);
    const res = await post({ ...change, password: user.email }).expect(422);
    expect(res.text).toContain('may not be your name');
    for (let n = 0; n < 9; n += 1) await post({ ...change, currentPassword: 'wrong' }).expect(422);
    await post(change).expect(429);
  });
});

describe('sessions', () => {
  it('are listed and ended one by one, or all others', async () => {
    const { agent, user } = await app.loginAs('reader');
    const login = { login: user.username, password: testPassword };
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    for (let n = 0; n < 3; n += 1) {
      await app
        .request()
        .post('/login')
        .set('User-Agent', firefox)
        .type('form')
        .send(login)
        .expect(303);
    }
    const page = await agent.get('/account').expect(200);
    expect(page.text).toContain('Firefox on Linux');
    expect(page.text).toContain('Unknown browser');
    const handles = [...page.text.matchAll(/name="session" value="([\w-]{43})"/g)].map(
      (hit) => hit[1],
    );
    expect(handles).toHaveLength(3);
    const end = (session: unknown) =>
      agent.post('/account/sessions/deletion').type('form').send({ session }).expect(303);
    await end(handles[0]);
    expect(await app.db.session.count()).toBe(3);
    await end('others');
    expect(await app.db.session.count()).toBe(1);
    await agent.get('/account').expect(200);
  });

  it('of somebody else stay', async () => {
    const other = await app.loginAs('admin');
    const { agent } = await app.loginAs('reader');
    const row = await app.db.session.findFirstOrThrow({ where: { userId: other.user.id } });
    const handle = Buffer.from(row.idHash).toString('base64url');
    await agent
      .post('/account/sessions/deletion')
      .type('form')
      .send({ session: handle })
      .expect(303);
    await agent
      .post('/account/sessions/deletion')
      .type('form')
      .send({ session: ['a', 'ü'] })
      .expect(303);
    await other.agent.get('/account').expect(200);
  });
});

describe('a picture', () => {
  const png = () =>
    sharp({ create: { width: 64, height: 64, channels: 3, background: '#935' } })
      .png()
      .toBuffer();

  it('is taken, shown and taken away again', async () => {
    const { agent, user } = await app.loginAs('author');
    await agent
      .post('/account/picture')
      .attach('file', await png(), 'me.png')
      .expect(303);
    const { avatarId } = await app.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(await app.db.media.findMany()).toMatchObject([{ id: avatarId, uploaderId: user.id }]);
    expect((await agent.get('/account')).text).toMatch(/<img class="avatar" src="\/media\//);
    await agent.post('/account/picture/deletion').expect(303);
    expect(await app.db.user.findUnique({ where: { id: user.id } })).toMatchObject({
      avatarId: null,
    });
  });

  it('is refused in a sentence when it is none, and to readers', async () => {
    const author = await app.loginAs('author');
    const post = () => author.agent.post('/account/picture');
    const res = await post().attach('file', Buffer.from('<svg/>'), 'x.svg').expect(422);
    expect(res.text).toContain('id="f-file-problem"');
    await post().field('x', 'y').expect(422);
    const reader = await app.loginAs('reader');
    await reader.agent
      .post('/account/picture')
      .attach('file', await png(), 'me.png')
      .expect(403);
    expect(await app.db.media.count()).toBe(0);
  });
});
