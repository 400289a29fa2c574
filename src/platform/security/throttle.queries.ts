import type { Db } from '#src/platform/db.js';

interface Statement {
  text: string;
  values?: unknown[];
}

interface Counted {
  points: number;
  expire: number | null;
}

/**
 * What rate-limiter-flexible calls a PostgreSQL client, over the connections that Prisma already has.
 * Its statements name only the table `rate_limits`.
 */
export function rateLimitClient(db: Db) {
  return {
    async query({ text, values = [] }: Statement): Promise<{ rows: Counted[]; rowCount: number }> {
      const rows = await db.$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(
        text,
        ...values,
      );
      return { rows: rows.map(asNumbers), rowCount: rows.length };
    },
  };
}

function asNumbers(row: { points: number; expire: bigint | null }): Counted {
  return { points: row.points, expire: row.expire === null ? null : Number(row.expire) };
}

/** Removes counters whose time is over; answers how many. */
export async function deleteExpiredRateLimits(db: Db, now: Date): Promise<number> {
  const { count } = await db.rateLimit.deleteMany({ where: { expire: { lte: now.getTime() } } });
  return count;
}
