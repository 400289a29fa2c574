import { inTransaction, type Db } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import { listCategories, lockCategories, positionCategories } from './queries.js';

/**
 * Moves a category one place among its siblings; at the end of the row it stays.
 * @throws {NotFoundError} no such category.
 */
export function moveCategory(db: Db, id: number, direction: 'up' | 'down'): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx);
    const all = await listCategories(tx);
    const category = all.find((other) => other.id === id);
    if (!category) throw new NotFoundError();
    const ids = all
      .filter((other) => other.parentId === category.parentId)
      .map((other) => other.id);
    const from = ids.indexOf(id);
    const to = Math.max(0, Math.min(ids.length - 1, direction === 'up' ? from - 1 : from + 1));
    ids.splice(to, 0, ...ids.splice(from, 1));
    await positionCategories(tx, ids);
  });
}
