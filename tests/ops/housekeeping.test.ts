import { describe, expect, it } from 'vitest';
import { opsJobs } from '#src/ops/index.js';
import { createUser } from '../support/factories.js';
import { useApp } from '../support/app.js';

const day = 24 * 60 * 60 * 1000;

/** 32 bytes that can be read again, in the place of a hash. */
const hashOf = (name: string): Buffer<ArrayBuffer> => Buffer.from(name.padEnd(32));

describe('housekeeping', () => {
  const app = useApp();

  async function run(): Promise<void> {
    const [handler] = opsJobs(app.ctx);
    await handler?.perform(
      {},
      {
        id: '1',
        attempt: 1,
        maxAttempts: 1,
        now: app.ctx.now,
        log: app.ctx.log,
        signal: new AbortController().signal,
      },
    );
  }

  it('removes what has expired, and nothing else', async () => {
    const { id: userId } = await createUser(app.db);
    const at = (days: number): Date => new Date(app.ctx.now().getTime() + days * day);
    for (const [name, days] of [
      ['gone', -1],
      ['alive', 1],
    ] as const) {
      await app.db.session.create({
        data: { idHash: hashOf(name), userId, data: {}, expiresAt: at(days) },
      });
      await app.db.rateLimit.create({
        data: { key: name, points: 1, expire: BigInt(at(days).getTime()) },
      });
    }
    for (const [name, days] of [
      ['long gone', -8],
      ['just gone', -6],
      ['alive', 1],
    ] as const) {
      await app.db.token.create({
        data: { hash: hashOf(name), purpose: 'reset_password', userId, expiresAt: at(days) },
      });
    }
    await run();
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString().trim();
    expect((await app.db.session.findMany()).map((row) => text(row.idHash))).toEqual(['alive']);
    expect((await app.db.rateLimit.findMany()).map((row) => row.key)).toEqual(['alive']);
    expect((await app.db.token.findMany()).map((row) => text(row.hash)).sort()).toEqual([
      'alive',
      'just gone',
    ]);
  });

  it('recurs every hour', () => {
    expect(opsJobs(app.ctx).map(({ cron }) => cron)).toEqual(['17 * * * *']);
  });
});
