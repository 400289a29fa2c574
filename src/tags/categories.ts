import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { InvalidError, NotFoundError } from '#src/platform/errors.js';
import { slugOf, uniqueSlug } from '#src/platform/slug.js';
import { categoryPath } from './addresses.js';
import { movePage } from './moves.js';
import {
  findCategory,
  insertCategory,
  isCategorySlugTaken,
  listCategories,
  lockCategories,
  positionCategories,
  removeCategory,
  updateCategoryRow,
  type Category,
} from './queries.js';
import { withDescendants } from './tree.js';

/** What a form says of a category; an empty slug is made from the name. */
export interface CategoryInput {
  name: string;
  slug?: string;
  description?: string;
  parentId?: number | null;
}

async function slugFor(tx: Db, input: CategoryInput, id: number | null): Promise<string> {
  const wished = slugOf(input.slug ?? '');
  if (wished !== '') {
    if (await isCategorySlugTaken(tx, wished, id)) {
      throw new InvalidError({ slug: { key: 'problems.slugTaken' } });
    }
    return wished;
  }
  return uniqueSlug(slugOf(input.name) || 'category', (slug) => isCategorySlugTaken(tx, slug, id));
}

async function columnsOf(tx: Db, input: CategoryInput, id: number | null) {
  const name = input.name.trim();
  if (name === '') throw new InvalidError({ name: { key: 'problems.required' } });
  const parentId = input.parentId ?? null;
  const all = await listCategories(tx);
  if (parentId !== null && !all.some((category) => category.id === parentId)) {
    throw new InvalidError({ parentId: { key: 'problems.id' } });
  }
  if (id !== null && parentId !== null && withDescendants(all, id).includes(parentId)) {
    throw new InvalidError({ parentId: { key: 'problems.categoryCircle' } });
  }
  return {
    name,
    slug: await slugFor(tx, input, id),
    description: input.description?.trim() ?? '',
    parentId,
  };
}

async function getCategory(tx: Db, id: number): Promise<Category> {
  const category = await findCategory(tx, id);
  if (!category) throw new NotFoundError();
  return category;
}

/**
 * Makes a category.
 * @throws {InvalidError} no name, a slug that is taken, an unknown parent.
 */
export function createCategory(db: Db, input: CategoryInput): Promise<Category> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx);
    return insertCategory(tx, await columnsOf(tx, input, null));
  });
}

/**
 * Changes a category. A new slug leaves a redirect at the old address.
 * @throws {NotFoundError} no such category. @throws {InvalidError} as createCategory, and for a
 * parent that stands below the category itself.
 */
export function updateCategory(db: Db, id: number, input: CategoryInput): Promise<Category> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx);
    const before = await getCategory(tx, id);
    const after = await updateCategoryRow(tx, id, await columnsOf(tx, input, id));
    await movePage(tx, categoryPath(before.slug), categoryPath(after.slug));
    return after;
  });
}

/**
 * Deletes a category. Its parent inherits its posts, children and readers; without a parent the
 * children move to the top and the posts keep their other categories.
 * @throws {NotFoundError} no such category.
 */
export function deleteCategory(db: Db, id: number): Promise<Category> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx);
    const category = await getCategory(tx, id);
    await removeCategory(tx, id, category.parentId);
    const heir = category.parentId === null ? null : await findCategory(tx, category.parentId);
    if (heir) await movePage(tx, categoryPath(category.slug), categoryPath(heir.slug));
    return category;
  });
}

/** Puts siblings into the order of these ids. */
export function orderCategories(db: Database, ids: readonly number[]): Promise<void> {
  return positionCategories(db, ids);
}
