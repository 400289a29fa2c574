import type { Db } from '#src/platform/db.js';

/** Resolves when the database answers a trivial query. */
export async function databaseAnswers(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

/** Connections that the server takes at once for ordinary accounts, of all its clients together. */
export async function countConnectionPlaces(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ places: number }[]>`
    SELECT current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int AS places`;
  return row?.places ?? 0;
}

/** Deletes single-use links that expired before an instant; answers how many. */
export async function deleteExpiredTokens(db: Db, before: Date): Promise<number> {
  const { count } = await db.token.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
