import type { Db, Prisma } from '#src/platform/db.js';

/** Category as stored. */
export type Category = Prisma.CategoryGetPayload<object>;

/** All categories in the order of their tree's siblings: by position, then by name in any script. */
export async function listCategories(db: Db): Promise<Category[]> {
  const categories = await db.category.findMany({ orderBy: { id: 'asc' } });
  return categories.sort(
    (one, other) => one.position - other.position || one.name.localeCompare(other.name),
  );
}

/**
 * Lets one transaction at a time change the tree: two that each saw it as it was could make a circle
 * together. Held until the transaction ends; readers do not wait.
 */
export async function lockCategories(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('billet.categories'))`;
}

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

/** Category by id, or null. */
export function findCategory(db: Db, id: number) {
  return db.category.findUnique({ where: { id } });
}

/** True when another category has the slug. */
export async function isCategorySlugTaken(db: Db, slug: string, exceptId: number | null) {
  const found = await db.category.findUnique({ where: { slug }, select: { id: true } });
  return found !== null && found.id !== exceptId;
}

/** Columns of a category that people set. */
export interface CategoryColumns {
  name: string;
  slug: string;
  description: string;
  parentId: number | null;
}

/** Writes a new category, last among its siblings. */
export async function insertCategory(tx: Db, columns: CategoryColumns): Promise<Category> {
  const last = await tx.category.aggregate({
    where: { parentId: columns.parentId },
    _max: { position: true },
  });
  return tx.category.create({ data: { ...columns, position: (last._max.position ?? -1) + 1 } });
}

/** Changes a category. */
export function updateCategoryRow(tx: Db, id: number, columns: CategoryColumns): Promise<Category> {
  return tx.category.update({ where: { id }, data: columns });
}

/** Sets the order among siblings: positions follow the order of the ids. */
export async function positionCategories(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE categories c SET position = o.n - 1
    FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS o (id, n)
    WHERE c.id = o.id AND c.position <> o.n - 1`;
}

/**
 * Moves what hangs on a category to its heir and deletes it. Without an heir its children become
 * roots, and a post's primary category becomes the first of its others.
 */
export async function removeCategory(tx: Db, id: number, heirId: number | null): Promise<void> {
  await tx.category.updateMany({ where: { parentId: id }, data: { parentId: heirId } });
  if (heirId !== null) {
    await tx.$executeRaw`
      INSERT INTO post_categories (post_id, category_id)
      SELECT post_id, ${heirId}::int FROM post_categories WHERE category_id = ${id}
      ON CONFLICT DO NOTHING`;
    await tx.menuItem.updateMany({ where: { categoryId: id }, data: { categoryId: heirId } });
  }
  await tx.$executeRaw`
    UPDATE posts p SET category_id = COALESCE(${heirId}::int, (
      SELECT min(x.category_id) FROM post_categories x
      WHERE x.post_id = p.id AND x.category_id <> ${id}))
    WHERE p.category_id = ${id}`;
  await tx.category.delete({ where: { id } });
}
