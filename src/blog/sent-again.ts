import type { Db } from '#src/platform/db.js';
import { findOrCreateTags } from '#src/tags/index.js';
import type { Viewer } from '#src/users/index.js';
import { columnsOf, isUnchanged, type SaveInput, type SaveTarget } from './post-columns.js';
import { lockCreatedPost, type EditablePost } from './saving.queries.js';

/** The post that this very form made already, when it comes a second time; otherwise null. */
export async function madeByThisForm(
  tx: Db,
  viewer: Viewer,
  target: SaveTarget,
  input: SaveInput,
): Promise<EditablePost | null> {
  if (target.id !== null || input.autosaveKey === null) return null;
  return lockCreatedPost(tx, { kind: target.kind, authorId: viewer.id, key: input.autosaveKey });
}

/** True when a form that comes a second time says nothing but what its post says. */
export async function saysTheSame(
  tx: Db,
  viewer: Viewer,
  made: EditablePost,
  input: SaveInput,
  now: Date,
): Promise<boolean> {
  const fold = (names: readonly string[]): string =>
    JSON.stringify(names.map((name) => name.toLowerCase()).toSorted());
  if (fold(input.tags) !== fold(made.tags.map((row) => row.tag.name))) return false;
  const { columns, categories } = await columnsOf(tx, viewer, made, made, input, now);
  const tags = await findOrCreateTags(tx, input.tags);
  // Published without a date is now; the first time, that was then.
  const publishedAt = input.publishedAt === '' ? made.publishedAt : columns.publishedAt;
  return isUnchanged(made, { ...columns, publishedAt }, categories, tags);
}
