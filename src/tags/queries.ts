import type { Db } from '#src/platform/db.js';

/** All categories in the order of their tree's siblings. */
export function listCategories(db: Db) {
  return db.category.findMany({ orderBy: [{ position: 'asc' }, { name: 'asc' }, { id: 'asc' }] });
}

/** Category as stored. */
export type Category = Awaited<ReturnType<typeof listCategories>>[number];

/** The categories with the most posts, for the side of the home page. */
export function listTopCategories(db: Db, limit: number) {
  return db.category.findMany({
    where: { postCount: { gt: 0 } },
    orderBy: [{ postCount: 'desc' }, { name: 'asc' }],
    take: limit,
    select: { name: true, slug: true, postCount: true },
  });
}

/** Category by slug, or null. */
export function findCategoryBySlug(db: Db, slug: string) {
  return db.category.findUnique({ where: { slug } });
}

/** Tag by slug, or null. */
export function findTagBySlug(db: Db, slug: string) {
  return db.tag.findUnique({ where: { slug } });
}
