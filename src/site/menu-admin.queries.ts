import type { Db } from '#src/platform/db.js';

const MOST = 200;

/** What a line of a menu can lead to: pages, categories, the tags used most, the newest posts. */
export async function findMenuTargets(db: Db) {
  const [pages, categories, tags, posts] = await Promise.all([
    db.post.findMany({
      where: { kind: 'page', status: { not: 'trashed' } },
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
      take: MOST,
      select: { id: true, title: true },
    }),
    db.category.findMany({
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: MOST,
      select: { id: true, name: true },
    }),
    db.tag.findMany({
      orderBy: [{ postCount: 'desc' }, { name: 'asc' }],
      take: MOST / 2,
      select: { id: true, name: true },
    }),
    db.post.findMany({
      where: { kind: 'post', status: { in: ['published', 'scheduled'] } },
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      take: MOST / 4,
      select: { id: true, title: true },
    }),
  ]);
  return { pages, categories, tags, posts };
}

/** Everything that a new line can lead to. */
export type MenuTargets = Awaited<ReturnType<typeof findMenuTargets>>;
