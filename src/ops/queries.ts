import type { Db } from '#src/platform/db.js';

/** Resolves when the database answers a trivial query. */
export async function databaseAnswers(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

/** Deletes single-use links that expired before an instant; answers how many. */
export async function deleteExpiredTokens(db: Db, before: Date): Promise<number> {
  const { count } = await db.token.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
