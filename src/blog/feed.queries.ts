import { Prisma, type Db } from '#src/platform/db.js';
import type { PageRequest } from '#src/platform/pagination.js';
import { visiblePostsSql, type ListScope } from './lists.queries.js';

/** What tells one state of a list of posts from another. */
export interface ListFingerprint {
  /** Changes with every word that a feed of the list shows. */
  hash: string | null;
  /** When a post or a setting changed last. */
  changedAt: Date | null;
}

/**
 * The state of one page of a list in one small answer, so that a reader who has it already costs
 * nothing more. Names of authors, tags and covers count, because feeds show them.
 */
export async function fingerprintPosts(
  db: Db,
  scope: ListScope,
  request: PageRequest,
  now: Date,
): Promise<ListFingerprint> {
  const [row] = await db.$queryRaw<ListFingerprint[]>`
    SELECT md5(string_agg(concat_ws('|', p.id, p.updated_at, p.published_at, p.slug, p.title,
             p.excerpt, p.language, p.tag_text, md5(p.html), u.username, u.display_name,
             m.key, m.bytes, m.alt), ';' ORDER BY p.published_at DESC, p.id DESC)) AS hash,
           GREATEST(max(p.updated_at), max(p.published_at),
             (SELECT max(updated_at) FROM posts WHERE kind = 'post' AND status <> 'draft'
               AND updated_at <= ${now}::timestamptz),
             (SELECT max(updated_at) FROM settings)) AS "changedAt"
    FROM (${visiblePostsSql(scope, request, now)}) listed
    JOIN posts p ON p.id = listed.id
    LEFT JOIN users u ON u.id = p.author_id
    LEFT JOIN media m ON m.id = p.cover_id`;
  return row ?? { hash: null, changedAt: null };
}

/** What a feed shows of a post beside its summary. */
export function findFeedDetails(db: Db, ids: number[]) {
  return db.post.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      html: true,
      createdAt: true,
      updatedAt: true,
      cover: true,
      tags: { select: { tag: { select: { name: true, slug: true } } } },
      categories: { select: { category: { select: { name: true, slug: true } } } },
    },
  });
}

/** The kinds of pages that a sitemap lists. */
export type SitemapKind = 'posts' | 'pages' | 'categories' | 'tags' | 'authors';

/** One address of a sitemap, by the name that stands in it. */
export interface SitemapRow {
  id: number;
  name: string;
  modified: Date;
}

const modified = Prisma.sql`GREATEST(p.updated_at, p.published_at)`;

function visible(now: Date): Prisma.Sql {
  return Prisma.sql`p.status IN ('published', 'scheduled') AND p.published_at <= ${now}::timestamptz`;
}

/** Everything of a kind that the public sees, as id, name and last change; `range` bounds the id. */
function rowsSql(kind: SitemapKind, now: Date, range: (id: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const isPost = Prisma.sql`p.kind = 'post' AND ${visible(now)}`;
  switch (kind) {
    case 'posts':
      return Prisma.sql`SELECT p.id, p.slug AS name, ${modified} AS modified FROM posts p
        WHERE ${isPost} ${range(Prisma.sql`p.id`)}`;
    case 'pages':
      return Prisma.sql`SELECT p.id, p.slug AS name, ${modified} AS modified FROM posts p
        WHERE p.kind = 'page' AND ${visible(now)} ${range(Prisma.sql`p.id`)}`;
    case 'categories':
      return Prisma.sql`SELECT c.id, c.slug AS name, max(${modified}) AS modified FROM categories c
        JOIN post_categories x ON x.category_id = c.id JOIN posts p ON p.id = x.post_id
        WHERE ${isPost} ${range(Prisma.sql`c.id`)} GROUP BY c.id`;
    case 'tags':
      return Prisma.sql`SELECT t.id, t.slug AS name, max(${modified}) AS modified FROM tags t
        JOIN post_tags x ON x.tag_id = t.id JOIN posts p ON p.id = x.post_id
        WHERE ${isPost} ${range(Prisma.sql`t.id`)} GROUP BY t.id`;
    case 'authors':
      return Prisma.sql`SELECT u.id, u.username::text AS name, max(${modified}) AS modified
        FROM users u JOIN posts p ON p.author_id = u.id
        WHERE u.deleted_at IS NULL AND ${isPost} ${range(Prisma.sql`u.id`)} GROUP BY u.id`;
  }
}

/** One file of a sitemap: its number from 1, when something in it changed last, how much is in it. */
export interface SitemapPart {
  number: number;
  modified: Date;
  count: number;
}

/**
 * The parts of a sitemap: part n covers the ids from (n − 1) × size + 1 to n × size, so that no part
 * ever moves and none has more than `size` addresses. Empty ones are left out.
 */
export function listSitemapParts(
  db: Db,
  kind: SitemapKind,
  size: number,
  now: Date,
): Promise<SitemapPart[]> {
  return db.$queryRaw<SitemapPart[]>`
    SELECT ((id - 1) / ${size}::int + 1)::int AS number, max(modified) AS modified,
           count(*)::int AS count
    FROM (${rowsSql(kind, now, () => Prisma.empty)}) listed GROUP BY 1 ORDER BY 1`;
}

function partRange(number: number, size: number, after = 0): (id: Prisma.Sql) => Prisma.Sql {
  const first = Math.max((number - 1) * size, after);
  return (id) => Prisma.sql`AND ${id} > ${first}::int AND ${id} <= ${number * size}::int`;
}

/** The state of one part; null when it is empty. `hash` changes with every address and date in it. */
export async function fingerprintSitemapPart(
  db: Db,
  kind: SitemapKind,
  part: { number: number; size: number },
  now: Date,
): Promise<{ hash: string; modified: Date } | null> {
  const rows = await db.$queryRaw<{ hash: string | null; modified: Date }[]>`
    SELECT bit_xor(hashtextextended(concat_ws('|', id, name, modified), 0))::text AS hash,
           max(modified) AS modified
    FROM (${rowsSql(kind, now, partRange(part.number, part.size))}) listed`;
  const row = rows[0];
  return row?.hash ? { hash: row.hash, modified: row.modified } : null;
}

/** The next rows of a part after an id, at most `limit`, by id. */
export function listSitemapRows(
  db: Db,
  kind: SitemapKind,
  part: { number: number; size: number; after: number; limit: number },
  now: Date,
): Promise<SitemapRow[]> {
  const range = partRange(part.number, part.size, part.after);
  return db.$queryRaw<SitemapRow[]>`
    SELECT id, name, modified FROM (${rowsSql(kind, now, range)}) listed
    ORDER BY id LIMIT ${part.limit}`;
}
