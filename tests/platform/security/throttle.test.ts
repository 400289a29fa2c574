import { describe, expect, it } from 'vitest';
import { TooManyRequestsError } from '#src/platform/errors.js';
import {
  createThrottle,
  networkOf,
  removeExpiredRateLimits,
} from '#src/platform/security/index.js';
import { useApp } from '../../support/app.js';

const app = useApp();
const limit = { tries: 3, seconds: 600 };

describe('a throttle', () => {
  it('lets so many tries through, then says how long to wait', async () => {
    const throttle = createThrottle(app.db, 'test', limit);
    for (let n = 0; n < 3; n += 1) await throttle.count('somebody');
    const refused = await throttle.count('somebody').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooManyRequestsError);
    const { retryAfter } = refused as TooManyRequestsError;
    expect(retryAfter).toBeGreaterThan(590);
    expect(retryAfter).toBeLessThanOrEqual(600);
    await throttle.count('somebody else');
  });

  it('counts over processes, and tries of the same moment one by one', async () => {
    const processes = [1, 2].map(() => createThrottle(app.db, 'test', limit));
    const tries = Array.from({ length: 10 }, async (_, n) => processes[n % 2]?.count('x'));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('starts anew when its time is over, when reset, and gives a try back', async () => {
    const throttle = createThrottle(app.db, 'test', { tries: 1, seconds: 600 });
    await throttle.count('x');
    await app.db.rateLimit.updateMany({ data: { expire: Date.now() - 1 } });
    await throttle.count('x');
    await throttle.reset('x');
    await throttle.count('x');
    await throttle.takeBack('x');
    await throttle.count('x');
    await expect(throttle.count('x')).rejects.toBeInstanceOf(TooManyRequestsError);
  });

  it('keeps kinds apart and what was typed out of the table', async () => {
    await createThrottle(app.db, 'one', { tries: 1, seconds: 60 }).count('a@example.org');
    await createThrottle(app.db, 'two', { tries: 1, seconds: 60 }).count('a@example.org');
    const rows = await app.db.rateLimit.findMany();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows.map((row) => row.key))).not.toContain('example');
  });

  it('has its old counters swept away', async () => {
    await app.db.rateLimit.createMany({
      data: [
        { key: 'old', points: 1, expire: app.clock.now().getTime() - 1 },
        { key: 'young', points: 1, expire: app.clock.now().getTime() + 1000 },
      ],
    });
    expect(await removeExpiredRateLimits(app.ctx)).toBe(1);
    expect(await app.db.rateLimit.findMany({ select: { key: true } })).toEqual([{ key: 'young' }]);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['nonsense', 'unknown'],
    [null, 'unknown'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
