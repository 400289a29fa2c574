import type { Db } from '#src/platform/db.js';

/** Resolves when the database answers a trivial query. */
export async function databaseAnswers(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
