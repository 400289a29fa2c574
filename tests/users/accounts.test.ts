import { describe, expect, it } from 'vitest';
import { changeRole, createUserAccount, listUsers, setPassword } from '#src/users/index.js';
import { createUser, testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();
const input = { email: 'bo@example.org', username: 'bo', role: 'author' } as const;

describe('accounts by command', () => {
  it('are made with a password, or to be claimed', async () => {
    const { id } = await createUserAccount(app.db, { ...input, password: testPassword });
    expect(await app.db.user.findUnique({ where: { id } })).toMatchObject({
      username: 'bo',
      displayName: 'bo',
      role: 'author',
    });
    await createUserAccount(app.db, { email: 'cy@example.org', username: 'cy', role: 'reader' });
    expect(await listUsers(app.db)).toMatchObject([
      { username: 'bo', hasPassword: true, role: 'author', suspended: false },
      { username: 'cy', hasPassword: false, role: 'reader' },
    ]);
    expect(await app.db.auditEvent.count({ where: { action: 'user.create', actorId: null } })).toBe(
      2,
    );
  });

  it('are refused with the fields that are wrong, and nothing is left', async () => {
    await createUser(app.db, { username: 'taken', email: 'taken@example.org' });
    const make = (wrong: object) => createUserAccount(app.db, { ...input, ...wrong });
    await expect(make({ username: 'TAKEN' })).rejects.toMatchObject({
      problems: { username: { key: 'problems.taken' } },
    });
    await expect(make({ email: 'Taken@example.org' })).rejects.toMatchObject({
      problems: { email: { key: 'problems.taken' } },
    });
    await expect(make({ password: 'short' })).rejects.toMatchObject({
      problems: { password: { key: 'problems.passwordShort', values: { min: 10 } } },
    });
    await expect(make({ role: 'king' })).rejects.toMatchObject({ status: 422 });
    expect(await app.db.user.count()).toBe(1);
    expect(await app.db.auditEvent.count()).toBe(0);
  });

  it('never share a name, even at the same moment', async () => {
    const tries = Array.from({ length: 4 }, () => createUserAccount(app.db, input));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await app.db.user.count()).toBe(1);
  });
});

describe('roles', () => {
  it('change by user name or e-mail address and leave a trace', async () => {
    const user = await createUser(app.db, { role: 'reader' });
    await changeRole(app.db, user.email.toUpperCase(), 'editor');
    expect(await app.db.user.findUnique({ where: { id: user.id } })).toMatchObject({
      role: 'editor',
    });
    expect(await app.db.auditEvent.findMany()).toMatchObject([
      { action: 'user.role', targetId: String(user.id), data: { from: 'reader', to: 'editor' } },
    ]);
    await expect(changeRole(app.db, 'nobody', 'editor')).rejects.toMatchObject({ status: 404 });
  });

  it('never leave the site without an admin who can log in', async () => {
    const admin = await createUser(app.db, { role: 'admin', password: testPassword });
    await createUser(app.db, { role: 'admin' });
    await createUser(app.db, { role: 'admin', password: testPassword, suspendedAt: new Date() });
    await expect(changeRole(app.db, admin.username, 'editor')).rejects.toMatchObject({
      status: 409,
    });
    const second = await createUser(app.db, { role: 'admin', password: testPassword });
    const both = [admin, second].map(({ username }) => changeRole(app.db, username, 'reader'));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a password by command', () => {
  const newer = 'three plain words';
  const logIn = (login: string, password: string) =>
    app.request().post('/login').type('form').send({ login, password });

  it('replaces a forgotten one, ends every session and leaves a trace', async () => {
    const { agent, user } = await app.loginAs('author');
    await agent.get('/account').expect(200);
    await setPassword(app.db, user.email.toUpperCase(), newer);
    await agent.get('/account').expect(302);
    await logIn(user.username, testPassword).expect(422);
    await logIn(user.username, newer).expect(303);
    expect(await app.db.auditEvent.findFirst({ where: { action: 'user.password' } })).toMatchObject(
      { actorId: null, targetId: String(user.id), data: { endedSessions: 1 } },
    );
  });

  it('is the first of an account that has none', async () => {
    const user = await createUser(app.db, {});
    await setPassword(app.db, user.username, newer);
    await logIn(user.username, newer).expect(303);
  });

  it('is refused where it would be a bad one, or is for nobody; nothing changes', async () => {
    const { agent, user } = await app.loginAs('author');
    const deleted = await createUser(app.db, { deletedAt: new Date() });
    await expect(setPassword(app.db, user.username, 'short')).rejects.toMatchObject({
      problems: { password: { key: 'problems.passwordShort' } },
    });
    await expect(setPassword(app.db, user.username, user.email)).rejects.toMatchObject({
      problems: { password: { key: 'problems.passwordIsName' } },
    });
    for (const name of ['nobody', deleted.username]) {
      await expect(setPassword(app.db, name, newer)).rejects.toMatchObject({ status: 404 });
    }
    await agent.get('/account').expect(200);
    expect(await app.db.auditEvent.count({ where: { action: 'user.password' } })).toBe(0);
  });
});
