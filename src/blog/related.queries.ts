import type { Db } from '#src/platform/db.js';
import { summaryColumns, summaryJoins, visibleAt, type PostSummary } from './lists.queries.js';

/**
 * Visible posts that share tags or the category with this one. A rare tag says more than a common
 * one; the category says least. Candidates are the newest of each label, so that the cost does not
 * grow with the site.
 */
export function findRelatedPosts(
  db: Db,
  post: { id: number; categoryId: number | null },
  now: Date,
  limit: number,
): Promise<PostSummary[]> {
  return db.$queryRaw<PostSummary[]>`
    WITH candidates AS (
      SELECT near.post_id, 1.0 + 4.0 / (1 + ln(greatest(t.post_count, 1))) AS weight
        FROM post_tags own
        JOIN tags t ON t.id = own.tag_id
        CROSS JOIN LATERAL (
          SELECT x.post_id FROM post_tags x
          WHERE x.tag_id = own.tag_id AND x.post_id <> ${post.id}
          ORDER BY x.post_id DESC LIMIT 100) near
        WHERE own.post_id = ${post.id}
      UNION ALL
      (SELECT x.post_id, 1.0 FROM post_categories x
        WHERE x.category_id = ${post.categoryId}::int AND x.post_id <> ${post.id}
        ORDER BY x.post_id DESC LIMIT 100)
    ), ranked AS (
      SELECT post_id, sum(weight) AS score FROM candidates GROUP BY post_id
    )
    SELECT ${summaryColumns} FROM ranked r JOIN posts p ON p.id = r.post_id ${summaryJoins}
    WHERE p.kind = 'post' AND ${visibleAt(now)}
    ORDER BY r.score DESC, p.published_at DESC, p.id DESC LIMIT ${limit}`;
}
