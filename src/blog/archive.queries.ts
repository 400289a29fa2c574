import type { Db } from '#src/platform/db.js';
import { visibleAt } from './lists.queries.js';

/** A month with posts, and how many. */
export interface ArchiveMonth {
  year: number;
  month: number;
  count: number;
}

/** Months with visible posts, newest first, by the calendar of the time zone (IANA name). */
export function countByMonth(db: Db, timeZone: string, now: Date): Promise<ArchiveMonth[]> {
  // Grouped in an inner query: the same parameter written twice would be two expressions.
  return db.$queryRaw<ArchiveMonth[]>`
    SELECT extract(year FROM month)::int AS year, extract(month FROM month)::int AS month,
           count(*)::int AS count
    FROM (SELECT date_trunc('month', p.published_at AT TIME ZONE ${timeZone}::text) AS month
          FROM posts p WHERE p.kind = 'post' AND ${visibleAt(now)}) dated
    GROUP BY dated.month ORDER BY dated.month DESC`;
}
