import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Db } from '#src/platform/db.js';
import { TooManyRequestsError } from '#src/platform/errors.js';
import { deleteExpiredRateLimits, rateLimitClient } from './throttle.queries.js';

/** So many tries in so many seconds, counted from the first. */
export interface Limit {
  tries: number;
  seconds: number;
}

/** Counts tries of one kind over all processes, in the table `rate_limits`. */
export interface Throttle {
  /**
   * Counts one try before it is made, so that tries at the same moment are all counted.
   * @throws {TooManyRequestsError} with the seconds to wait.
   */
  count(key: string): Promise<void>;
  /** Takes one try back, for one that turned out to be fine. */
  takeBack(key: string): Promise<void>;
  /** Starts anew for a key. */
  reset(key: string): Promise<void>;
}

// Keys are what people typed or where they came from: only their hash is kept, and it fits the column.
const keyOf = (key: string) => createHash('sha256').update(key).digest('base64url');

/** Makes a throttle; `name` sets it apart from others in the table. */
export function createThrottle(db: Db, name: string, limit: Limit): Throttle {
  const limiter = new RateLimiterPostgres({
    storeClient: rateLimitClient(db),
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: limit.tries,
    duration: limit.seconds,
  });
  return {
    async count(key) {
      try {
        await limiter.consume(keyOf(key));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new TooManyRequestsError(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
      }
    },
    async takeBack(key) {
      await limiter.reward(keyOf(key));
    },
    async reset(key) {
      await limiter.delete(keyOf(key));
    },
  };
}

/** Removes counters whose time is over; answers how many. For a cron job. */
export function removeExpiredRateLimits(deps: { db: Db; now: () => Date }): Promise<number> {
  return deleteExpiredRateLimits(deps.db, deps.now());
}
