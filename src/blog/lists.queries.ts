import { Prisma, type Db } from '#src/platform/db.js';
import {
  listPage,
  type Cursor,
  type ListPage,
  type PageRequest,
} from '#src/platform/pagination.js';

/** A post as lists show it. */
export interface PostSummary {
  id: number;
  kind: 'post' | 'page';
  slug: string;
  title: string;
  /** The author's, or else the generated one. */
  excerpt: string;
  language: string;
  publishedAt: Date;
  readingMinutes: number;
  commentCount: number;
  sticky: boolean;
  coverId: number | null;
  authorUsername: string | null;
  authorName: string | null;
  categorySlug: string | null;
  categoryName: string | null;
}

/** Which posts: all, of an author, with a tag, in categories, or of a month as a time zone counts it. */
export type ListScope =
  | { by: 'all' }
  | { by: 'author'; authorId: number }
  | { by: 'tag'; tagId: number }
  | { by: 'category'; categoryIds: number[] }
  | { by: 'month'; year: number; month: number; timeZone: string };

/** Columns of PostSummary for `posts p` joined by summaryJoins. */
export const summaryColumns = Prisma.sql`
  p.id, p.kind::text AS kind, p.slug, p.title,
  CASE WHEN p.excerpt = '' THEN p.auto_excerpt ELSE p.excerpt END AS excerpt,
  p.language, p.published_at AS "publishedAt", p.reading_minutes AS "readingMinutes",
  p.comment_count AS "commentCount", p.sticky, p.cover_id AS "coverId",
  u.username::text AS "authorUsername", u.display_name AS "authorName",
  c.slug AS "categorySlug", c.name AS "categoryName"`;

/** The tables of summaryColumns beside posts. */
export const summaryJoins = Prisma.sql`
  LEFT JOIN users u ON u.id = p.author_id
  LEFT JOIN categories c ON c.id = p.category_id`;

/** What the public may read of `posts p`; literals, so that the partial indexes are seen to fit. */
export function visibleAt(now: Date): Prisma.Sql {
  return Prisma.sql`p.status IN ('published', 'scheduled') AND p.published_at <= ${now}::timestamptz`;
}

function startOf(year: number, month: number, timeZone: string): Prisma.Sql {
  return Prisma.sql`make_timestamptz(${year}::int, ${month}::int, 1, 0, 0, 0, ${timeZone}::text)`;
}

function within(scope: ListScope): Prisma.Sql {
  switch (scope.by) {
    case 'all':
      return Prisma.empty;
    case 'author':
      return Prisma.sql`AND p.author_id = ${scope.authorId}`;
    case 'tag':
      return Prisma.sql`AND EXISTS (SELECT 1 FROM post_tags x
        WHERE x.post_id = p.id AND x.tag_id = ${scope.tagId})`;
    case 'category':
      return Prisma.sql`AND EXISTS (SELECT 1 FROM post_categories x
        WHERE x.post_id = p.id AND x.category_id = ANY (${scope.categoryIds}::int[]))`;
    case 'month': {
      const next = scope.month === 12 ? [scope.year + 1, 1] : [scope.year, scope.month + 1];
      return Prisma.sql`AND p.published_at >= ${startOf(scope.year, scope.month, scope.timeZone)}
        AND p.published_at < ${startOf(next[0] ?? 0, next[1] ?? 1, scope.timeZone)}`;
    }
  }
}

/** Keyset condition on (published_at, id), and the order to read in. */
function placeIn(request: PageRequest): { place: Prisma.Sql; order: Prisma.Sql } {
  const newestFirst = Prisma.sql`p.published_at DESC, p.id DESC`;
  if (request.before) {
    const { at, id } = request.before;
    return {
      place: Prisma.sql`AND (p.published_at, p.id) < (${at}::timestamptz, ${id}::int)`,
      order: newestFirst,
    };
  }
  if (request.after) {
    const { at, id } = request.after;
    return {
      place: Prisma.sql`AND (p.published_at, p.id) > (${at}::timestamptz, ${id}::int)`,
      order: Prisma.sql`p.published_at, p.id`,
    };
  }
  return { place: Prisma.empty, order: newestFirst };
}

/** The SQL of every public list; exported so that a test can read its plan. */
export function visiblePostsSql(
  scope: ListScope,
  request: PageRequest,
  now: Date,
  without: number | null = null,
): Prisma.Sql {
  const { place, order } = placeIn(request);
  const other = without === null ? Prisma.empty : Prisma.sql`AND p.id <> ${without}`;
  return Prisma.sql`
    SELECT ${summaryColumns} FROM posts p ${summaryJoins}
    WHERE p.kind = 'post' AND ${visibleAt(now)} ${within(scope)} ${place} ${other}
    ORDER BY ${order} LIMIT ${request.limit + 1}`;
}

/** Where a post stands in a list. */
export function cursorOfPost(post: { publishedAt: Date; id: number }): Cursor {
  return { at: post.publishedAt, id: post.id };
}

/** One page of visible posts, newest first; `without` leaves one out. */
export async function listVisiblePosts(
  db: Db,
  scope: ListScope,
  request: PageRequest,
  now: Date,
  without: number | null = null,
): Promise<ListPage<PostSummary>> {
  const rows = await db.$queryRaw<PostSummary[]>(visiblePostsSql(scope, request, now, without));
  return listPage(rows, request, cursorOfPost);
}

/** The newest pinned post that is visible, or null. */
export async function findStickyPost(db: Db, now: Date): Promise<PostSummary | null> {
  const rows = await db.$queryRaw<PostSummary[]>`
    SELECT ${summaryColumns} FROM posts p ${summaryJoins}
    WHERE p.kind = 'post' AND p.sticky AND ${visibleAt(now)}
    ORDER BY p.published_at DESC, p.id DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** The next older and the next newer visible post. */
export async function findNeighbours(
  db: Db,
  post: { id: number; publishedAt: Date },
  now: Date,
): Promise<{ older: PostSummary | null; newer: PostSummary | null }> {
  const place = cursorOfPost(post);
  const one = (request: PageRequest) =>
    db.$queryRaw<PostSummary[]>(visiblePostsSql({ by: 'all' }, request, now));
  const [older, newer] = await Promise.all([
    one({ before: place, limit: 0 }),
    one({ after: place, limit: 0 }),
  ]);
  return { older: older[0] ?? null, newer: newer[0] ?? null };
}
