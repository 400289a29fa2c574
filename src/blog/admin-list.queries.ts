import type { Db, Prisma } from '#src/platform/db.js';
import { listPage, type ListPage, type PageRequest } from '#src/platform/pagination.js';
import type { PostStatus } from './policy.js';

/** Which posts a list of the admin shows. */
export interface AdminFilter {
  kind: 'post' | 'page';
  /** Null: all but those in the trash. */
  status: PostStatus | null;
  authorId: number | null;
  category: string | null;
  tag: string | null;
  /** Part of the title, the address or the text, in any case. */
  q: string;
}

function containing(q: string): Prisma.PostWhereInput {
  const wanted = { contains: q.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  return { OR: [{ title: wanted }, { slug: wanted }, { body: wanted }] };
}

function whereOf(filter: AdminFilter): Prisma.PostWhereInput {
  return {
    kind: filter.kind,
    status: filter.status ?? { not: 'trashed' },
    authorId: filter.authorId ?? undefined,
    categories: filter.category ? { some: { category: { slug: filter.category } } } : undefined,
    tags: filter.tag ? { some: { tag: { slug: filter.tag } } } : undefined,
  };
}

const listed = {
  id: true,
  kind: true,
  status: true,
  title: true,
  slug: true,
  autoExcerpt: true,
  sticky: true,
  publishedAt: true,
  updatedAt: true,
  commentCount: true,
  language: true,
  author: { select: { displayName: true, username: true } },
  category: { select: { name: true, slug: true } },
} as const satisfies Prisma.PostSelect;

/** A line of the list. */
export type AdminListItem = Prisma.PostGetPayload<{ select: typeof listed }>;

/** One page of posts, last changed first. */
export async function listForAdmin(
  db: Db,
  filter: AdminFilter,
  request: PageRequest,
): Promise<ListPage<AdminListItem>> {
  const { before, after } = request;
  const rows = await db.post.findMany({
    where: {
      ...whereOf(filter),
      AND: [
        filter.q === '' ? {} : containing(filter.q),
        before
          ? {
              OR: [
                { updatedAt: { lt: before.at } },
                { updatedAt: before.at, id: { lt: before.id } },
              ],
            }
          : {},
        after
          ? { OR: [{ updatedAt: { gt: after.at } }, { updatedAt: after.at, id: { gt: after.id } }] }
          : {},
      ],
    },
    orderBy: after
      ? [{ updatedAt: 'asc' }, { id: 'asc' }]
      : [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: request.limit + 1,
    select: listed,
  });
  return listPage(rows, request, (row) => ({ at: row.updatedAt, id: row.id }));
}

/** How many posts have each status: one look at the index of kind and status. */
export async function countByStatus(
  db: Db,
  kind: 'post' | 'page',
  authorId: number | null,
): Promise<Map<PostStatus, number>> {
  const rows = await db.post.groupBy({
    by: ['status'],
    where: { kind, authorId: authorId ?? undefined },
    _count: { _all: true },
  });
  return new Map(rows.map((row) => [row.status, row._count._all]));
}

/** Everyone who may write, and everyone who did, for the filter by author. */
export function listAuthors(db: Db) {
  return db.user.findMany({
    where: {
      OR: [{ role: { in: ['author', 'editor', 'admin'] } }, { posts: { some: {} } }],
    },
    orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { id: true, username: true, displayName: true },
  });
}
