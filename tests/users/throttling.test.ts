import { describe, expect, it } from 'vitest';
import { TooManyRequestsError } from '#src/platform/errors.js';
import { createLogIn } from '#src/users/login.js';
import { createUser, testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();
const few = { account: { tries: 2, seconds: 300 }, network: { tries: 5, seconds: 300 } };
const logIn = () => createLogIn(app.ctx, few);
const from =
  (address: string) =>
  (login: string, password = 'wrong') =>
    logIn()({ login, password, address });

describe('too many failures', () => {
  it('make a name wait, however it is spelt, even with the right password', async () => {
    const user = await createUser(app.db, { password: testPassword });
    expect(await from('192.0.2.1')(user.username)).toBeNull();
    expect(await from('192.0.2.2')(` ${user.username.toUpperCase()} `)).toBeNull();
    await expect(from('192.0.2.3')(user.username, testPassword)).rejects.toMatchObject({
      status: 429,
      retryAfter: expect.toSatisfy((wait: number) => wait > 200 && wait <= 300),
    });
  });

  it('do not tell which e-mail address belongs to a user name', async () => {
    const user = await createUser(app.db, { password: testPassword });
    const wide = { ...few, network: { tries: 100, seconds: 300 } };
    const outcomes = async (names: string[]) => {
      const answers = await Promise.allSettled(
        names.map((login) =>
          createLogIn(app.ctx, wide)({ login, password: 'wrong', address: null }),
        ),
      );
      return answers.map(({ status }) => status).toSorted();
    };
    await outcomes(Array.from({ length: 6 }, () => user.username));
    const own = await outcomes([user.email, user.email.toUpperCase(), user.email]);
    expect(own).toEqual(await outcomes(Array.from({ length: 3 }, () => 'other@example.org')));
    expect(own).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7', '192.0.2.8'],
    ['2001:db8:0:7::1', '2001:db8:0:7::2', '2001:db8:0:8::1'],
  ])('elsewhere do not keep out who has a session from %s', async (place, near, far) => {
    const user = await createUser(app.db, { password: testPassword });
    const expiresAt = new Date(app.clock.now().getTime() + 60_000);
    const session = { idHash: new Uint8Array(32), userId: user.id, data: {}, expiresAt };
    await app.db.session.create({ data: { ...session, address: place } });
    await from('198.51.100.1')(user.username);
    await from('198.51.100.2')(user.username);
    const right = (address: string) => from(address)(user.username, testPassword);
    await expect(right(far)).rejects.toBeInstanceOf(TooManyRequestsError);
    expect(await right(near)).toMatchObject({ id: user.id });
    await from(near)(user.username);
    await from(near)(user.username);
    await expect(right(near)).rejects.toBeInstanceOf(TooManyRequestsError);
    app.clock.set(expiresAt);
    await expect(right(place)).rejects.toBeInstanceOf(TooManyRequestsError);
  });

  it('count the same for nobody', async () => {
    await from('192.0.2.1')('nobody');
    await from('192.0.2.2')('NOBODY');
    await expect(from('192.0.2.3')('nobody')).rejects.toBeInstanceOf(TooManyRequestsError);
  });

  it('make a network wait, whoever is tried', async () => {
    for (let n = 0; n < 5; n += 1) await from(`2001:db8::${n + 1}`)(`person-${n}`);
    await expect(from('2001:db8::ffff')('person-6')).rejects.toBeInstanceOf(TooManyRequestsError);
    expect(await from('2001:db8:0:1::1')('person-6')).toBeNull();
  });

  it('are forgotten by a success, for the account', async () => {
    const user = await createUser(app.db, { password: testPassword });
    for (let n = 0; n < 4; n += 1) {
      expect(await from('192.0.2.1')(user.username, testPassword)).toMatchObject({ id: user.id });
    }
    await from('192.0.2.1')(user.username);
    expect(await from('192.0.2.1')(user.username, testPassword)).toMatchObject({ id: user.id });
    await from('192.0.2.1')(user.username);
    await from('192.0.2.1')(user.username);
    await expect(from('192.0.2.1')(user.username)).rejects.toBeInstanceOf(TooManyRequestsError);
  });
});

describe('the page', () => {
  it('says 429, how long to wait, and keeps the name that was typed', async () => {
    const form = { login: 'some-name', password: 'not it' };
    const post = () => app.request().post('/login').type('form').send(form);
    for (let n = 0; n < 10; n += 1) await post().expect(422);
    const res = await post().expect(429);
    expect(Number(res.headers['retry-after'])).toBeGreaterThan(890);
    expect(res.text).toContain('Please wait 15 minutes');
    expect(res.text).toContain('value="some-name"');
    expect(res.headers['cache-control']).toBe('no-store');
  });
});
