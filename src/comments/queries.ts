import { Prisma, type Db } from '#src/platform/db.js';
import type { Cursor } from '#src/platform/pagination.js';

/** A comment as the page of its post shows it. */
export interface ShownComment {
  id: number;
  parentId: number | null;
  threadId: number | null;
  depth: number;
  kind: 'comment' | 'pingback' | 'trackback' | 'webmention';
  html: string;
  createdAt: Date;
  editedAt: Date | null;
  authorId: number | null;
  authorName: string;
  authorUrl: string | null;
  /** Null for a guest. */
  authorUsername: string | null;
}

const columns = Prisma.sql`
  m.id, m.parent_id AS "parentId", m.thread_id AS "threadId", m.depth::int AS depth,
  m.kind::text AS kind, m.html, m.created_at AS "createdAt", m.edited_at AS "editedAt",
  m.author_id AS "authorId", COALESCE(u.display_name, m.author_name) AS "authorName",
  m.author_url AS "authorUrl", u.username::text AS "authorUsername"`;

const writer = Prisma.sql`LEFT JOIN users u ON u.id = m.author_id AND u.deleted_at IS NULL`;

/** Which heads of threads: from where, in which direction, how many rows. */
export interface HeadsRequest {
  before?: Cursor;
  after?: Cursor;
  limit: number;
}

/** SQL of a post's approved heads of threads, oldest first; for `before` newest first. */
export function headsSql(postId: number, request: HeadsRequest): Prisma.Sql {
  const at = request.before ?? request.after;
  const place = !at
    ? Prisma.empty
    : request.before
      ? Prisma.sql`AND (m.created_at, m.id) < (${at.at}::timestamptz, ${at.id}::int)`
      : Prisma.sql`AND (m.created_at, m.id) > (${at.at}::timestamptz, ${at.id}::int)`;
  const order = request.before
    ? Prisma.sql`m.created_at DESC, m.id DESC`
    : Prisma.sql`m.created_at, m.id`;
  return Prisma.sql`
    SELECT ${columns} FROM comments m ${writer}
    WHERE m.post_id = ${postId} AND m.status = 'approved' AND m.parent_id IS NULL
      AND m.kind = 'comment' ${place}
    ORDER BY ${order} LIMIT ${request.limit}`;
}

/** Heads of threads; see headsSql. */
export function listHeads(db: Db, postId: number, request: HeadsRequest): Promise<ShownComment[]> {
  return db.$queryRaw<ShownComment[]>(headsSql(postId, request));
}

/** SQL of the first approved replies of each thread, `limit` per thread, oldest first. */
export function repliesSql(threadIds: number[], limit: number, after: Cursor | null): Prisma.Sql {
  const place = after
    ? Prisma.sql`AND (r.created_at, r.id) > (${after.at}::timestamptz, ${after.id}::int)`
    : Prisma.empty;
  return Prisma.sql`
    SELECT ${columns} FROM unnest(${threadIds}::int[]) AS head (id)
    CROSS JOIN LATERAL (
      SELECT r.* FROM comments r
      WHERE r.thread_id = head.id AND r.status = 'approved' AND r.kind = 'comment' ${place}
      ORDER BY r.created_at, r.id LIMIT ${limit}) m
    ${writer}
    ORDER BY m.created_at, m.id`;
}

/** Replies in threads; see repliesSql. */
export function listReplies(
  db: Db,
  threadIds: number[],
  limit: number,
  after: Cursor | null = null,
): Promise<ShownComment[]> {
  return db.$queryRaw<ShownComment[]>(repliesSql(threadIds, limit, after));
}

/** One approved head of a thread of this post, or null. */
export async function findHead(db: Db, postId: number, id: number): Promise<ShownComment | null> {
  const rows = await db.$queryRaw<ShownComment[]>`
    SELECT ${columns} FROM comments m ${writer}
    WHERE m.id = ${id} AND m.post_id = ${postId} AND m.status = 'approved'
      AND m.parent_id IS NULL AND m.kind = 'comment'`;
  return rows[0] ?? null;
}

/** The newest approved mentions of a post by other sites. */
export function listMentions(db: Db, postId: number, limit: number): Promise<ShownComment[]> {
  return db.$queryRaw<ShownComment[]>`
    SELECT ${columns} FROM comments m ${writer}
    WHERE m.post_id = ${postId} AND m.status = 'approved' AND m.kind <> 'comment'
    ORDER BY m.created_at DESC, m.id DESC LIMIT ${limit}`;
}

/** Where an approved comment stands; null when there is none with this id. */
export function findPlace(db: Db, id: number) {
  return db.comment.findFirst({
    where: { id, status: 'approved' },
    select: {
      id: true,
      kind: true,
      postId: true,
      threadId: true,
      createdAt: true,
      thread: { select: { id: true, status: true, createdAt: true } },
      post: {
        select: { kind: true, slug: true, status: true, publishedAt: true, authorId: true },
      },
    },
  });
}

/** How many approved replies stand before this place in a thread; counts to `limit` at most. */
export async function countRepliesBefore(
  db: Db,
  threadId: number,
  place: Cursor,
  limit: number,
): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM comments r
      WHERE r.thread_id = ${threadId} AND r.status = 'approved' AND r.kind = 'comment'
        AND (r.created_at, r.id) < (${place.at}::timestamptz, ${place.id}::int)
      LIMIT ${limit}) before`;
  return rows[0]?.count ?? 0;
}
