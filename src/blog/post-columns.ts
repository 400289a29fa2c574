import type { Db } from '#src/platform/db.js';
import { InvalidError } from '#src/platform/errors.js';
import { slugify, slugOf, uniqueSlug } from '#src/platform/slug.js';
import { hasRole, type Viewer } from '#src/users/index.js';
import type { PostForm } from './post-form.schema.js';
import {
  existingCategories,
  isSlugTaken,
  lockSlugs,
  pictureExists,
  type EditablePost,
} from './saving.queries.js';
import { dateOf, decideStatus } from './status-rules.js';

/** Which post or page: `id` null makes a new one. */
export interface SaveTarget {
  kind: 'post' | 'page';
  id: number | null;
}

/** A form with the site's time zone, in which its date is meant. */
export type SaveInput = PostForm & { timeZone: string; restoredFrom?: number };

/**
 * The columns that a person decides about, from a form, and the categories.
 * @throws {InvalidError} problems by field.
 */
export async function columnsOf(
  tx: Db,
  viewer: Viewer,
  target: SaveTarget,
  current: EditablePost | null,
  input: SaveInput,
  now: Date,
) {
  if (input.title === '' && input.body.trim() === '') {
    throw new InvalidError({ title: { key: 'problems.emptyPost' } });
  }
  if (input.coverId !== null && !(await pictureExists(tx, input.coverId))) {
    throw new InvalidError({ coverId: { key: 'problems.picture' } });
  }
  const publishedAt = dateOf(input.publishedAt, current?.publishedAt ?? null, input.timeZone);
  const categories = await categoriesOf(tx, input);
  const sticky = hasRole(viewer, 'editor') ? input.sticky : (current?.sticky ?? false);
  const columns = {
    ...decideStatus({ status: input.status, publishedAt }, now),
    title: input.title,
    slug: await slugFor(tx, target, current, input),
    body: input.body,
    excerpt: input.excerpt,
    language: input.language,
    categoryId: input.categoryId ?? categories[0] ?? null,
    coverId: input.coverId,
    commentsOpen: input.commentsOpen,
    sticky: target.kind === 'post' && sticky,
  };
  return { columns, categories };
}

/** The columns that a person decides about. */
export type Columns = Awaited<ReturnType<typeof columnsOf>>['columns'];

/** True when the slug was made from this title, with a number or without. */
function isDerived(slug: string, title: string): boolean {
  const base = slugify(title, { fallback: 'untitled' });
  return (
    slug === base || (slug.startsWith(`${base}-`) && /^\d+$/.test(slug.slice(base.length + 1)))
  );
}

async function slugFor(
  tx: Db,
  target: SaveTarget,
  current: EditablePost | null,
  input: SaveInput,
): Promise<string> {
  const typed = slugOf(input.slug) === '' ? '' : slugify(input.slug, { fallback: target.kind });
  if (input.slug !== '' && typed === '') throw new InvalidError({ slug: { key: 'problems.slug' } });
  // A title that changes before the first publication takes its slug along.
  const follows =
    current !== null &&
    current.publishedAt === null &&
    input.slug === current.slug &&
    input.title !== current.title &&
    isDerived(current.slug, current.title);
  if (current && input.slug === current.slug && !follows) return current.slug;
  const wanted = typed === '' || follows ? slugify(input.title, { fallback: 'untitled' }) : typed;
  if (wanted === current?.slug) return wanted;
  await lockSlugs(tx, target.kind, wanted);
  return uniqueSlug(wanted, (slug) => isSlugTaken(tx, target.kind, slug, target.id));
}

/** Every category of the form that is still there: what one of the further ones was may be gone. */
async function categoriesOf(tx: Db, input: SaveInput): Promise<number[]> {
  const primary = input.categoryId === null ? [] : [input.categoryId];
  const wanted = [...new Set([...primary, ...input.categoryIds])];
  const existing = await existingCategories(tx, wanted);
  if (input.categoryId !== null && !existing.has(input.categoryId)) {
    throw new InvalidError({ categoryId: { key: 'problems.category' } });
  }
  return wanted.filter((id) => existing.has(id));
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  const left = new Set(a);
  return left.size === new Set(b).size && b.every((id) => left.has(id));
}

/** True when the form says what the post says already. */
export function isUnchanged(
  current: EditablePost,
  columns: Columns,
  categoryIds: readonly number[],
  tagIds: readonly number[],
): boolean {
  const { publishedAt, ...others } = columns;
  return (
    Object.entries(others).every(
      ([name, value]) => current[name as keyof typeof others] === value,
    ) &&
    current.publishedAt?.getTime() === publishedAt?.getTime() &&
    sameIds(
      current.categories.map((row) => row.categoryId),
      categoryIds,
    ) &&
    sameIds(
      current.tags.map((row) => row.tagId),
      tagIds,
    )
  );
}
