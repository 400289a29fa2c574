import * as argon2 from '@node-rs/argon2';
import { expect, it, vi } from 'vitest';
import { createUser, testPassword } from '../support/factories.js';
import { useApp } from '../support/app.js';

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<typeof argon2>();
  return { ...original, verify: vi.fn(original.verify), hash: vi.fn(original.hash) };
});

const app = useApp();

it('a refused log-in costs one look at a hash of the same strength, whoever it was for', async () => {
  const real = await createUser(app.db, { password: testPassword });
  const unclaimed = await createUser(app.db, {});
  const suspended = await createUser(app.db, { password: testPassword, suspendedAt: new Date() });
  const tries = [
    { login: real.username, password: 'wrong' },
    { login: 'nobody', password: 'wrong' },
    { login: 'nobody@example.org', password: 'wrong' },
    { login: unclaimed.username, password: testPassword },
    { login: suspended.username, password: testPassword },
  ];
  const post = (form: object) => app.request().post('/login').type('form').send(form).expect(422);
  // The first look at nobody's hash makes that hash.
  await post(tries[1] ?? {});
  const work = [];
  for (const form of tries) {
    vi.mocked(argon2.verify).mockClear();
    vi.mocked(argon2.hash).mockClear();
    await post(form);
    const hashes = vi
      .mocked(argon2.verify)
      .mock.calls.map(([stored]) => String(stored).slice(0, 30));
    work.push({ hashes, made: vi.mocked(argon2.hash).mock.calls.length });
  }
  const same = { hashes: ['$argon2id$v=19$m=19456,t=2,p=1'], made: 0 };
  expect(work).toEqual(tries.map(() => same));
});
