import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, isUniqueViolation, type Database, type Db } from '#src/platform/db.js';
import { ForbiddenError, InvalidError, NotFoundError } from '#src/platform/errors.js';
import { slugify, slugOf, uniqueSlug } from '#src/platform/slug.js';
import { findOrCreateTags } from '#src/tags/index.js';
import { hasRole, type Viewer } from '#src/users/index.js';
import { removeAutosave } from './autosave.queries.js';
import { enqueuePublication } from './jobs.js';
import { canCreatePost, canEditPost, type PostStatus } from './policy.js';
import type { PostForm } from './post-form.schema.js';
import { renderForStorage, type StoredRendering } from './rendering.js';
import {
  existingCategories,
  insertPost,
  insertRevision,
  isSlugTaken,
  lockEditablePost,
  notifyPostChanged,
  pictureExists,
  rememberSlug,
  replaceCategories,
  replaceMediaUses,
  replaceTags,
  updatePost,
  type EditablePost,
} from './saving.queries.js';
import { dateOf, decideStatus } from './status-rules.js';

/** What saving needs. */
export interface SavingDeps {
  db: Database;
  now: () => Date;
  config: { baseUrl: string };
}

/** Which post or page: `id` null makes a new one. */
export interface SaveTarget {
  kind: 'post' | 'page';
  id: number | null;
}

/** How a save ended. `stale`: somebody saved `current` after the form was opened. */
export type SaveOutcome =
  | {
      outcome: 'saved';
      post: { id: number; slug: string; status: PostStatus; version: number };
      /** False: the form said what the post says already, and nothing was written. */
      changed: boolean;
      previousStatus: PostStatus | null;
    }
  | { outcome: 'stale'; current: EditablePost };

/** A form with the site's time zone, in which its date is meant. */
export type SaveInput = PostForm & { timeZone: string; restoredFrom?: number };

const ATTEMPTS = 4;

/**
 * Saves a form: row, tags, categories, old slug, pictures in use, revision, audit, jobs and
 * notification in one transaction.
 * @throws {InvalidError} problems by field. @throws {ForbiddenError} not theirs.
 * @throws {NotFoundError} the post is gone.
 */
export async function savePost(
  deps: SavingDeps,
  viewer: Viewer,
  target: SaveTarget,
  input: SaveInput,
): Promise<SaveOutcome> {
  const rendering = await renderForStorage(deps.db, {
    body: input.body,
    baseUrl: deps.config.baseUrl,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(deps.db, (tx) =>
        saveIn(tx, deps, viewer, target, input, rendering),
      );
    } catch (error) {
      // Two that ask for one slug or one new tag at once: the second looks again.
      if (attempt === ATTEMPTS || !isUniqueViolation(error)) throw error;
    }
  }
}

async function saveIn(
  tx: Db,
  deps: SavingDeps,
  viewer: Viewer,
  target: SaveTarget,
  input: SaveInput,
  rendering: StoredRendering,
): Promise<SaveOutcome> {
  const now = deps.now();
  const current = await openForSaving(tx, viewer, target);
  if (current && current.version !== input.version) return { outcome: 'stale', current };
  const columns = await columnsOf(tx, viewer, target, current, input, now);
  const categoryIds = await categoriesOf(tx, input);
  const tagIds = await findOrCreateTags(tx, input.tags);
  const previousStatus = current?.status ?? null;
  if (current && isUnchanged(current, columns, categoryIds, tagIds)) {
    if (input.autosaveKey) await removeAutosave(tx, viewer.id, input.autosaveKey);
    const { id, slug, status, version } = current;
    return {
      outcome: 'saved',
      post: { id, slug, status, version },
      changed: false,
      previousStatus,
    };
  }
  const { mediaIds, ...stored } = rendering;
  const version = (current?.version ?? 0) + 1;
  const data = {
    ...columns,
    ...stored,
    toc: JSON.parse(JSON.stringify(stored.toc)),
    version,
    updatedAt: now,
  };
  const id =
    current?.id ??
    (await insertPost(tx, { ...data, kind: target.kind, authorId: viewer.id, createdAt: now })).id;
  if (current) {
    // What came by import has no revision yet: its first one is what it said until now.
    await insertRevision(tx, id, { authorId: current.authorId, at: current.updatedAt });
    await updatePost(tx, id, { ...data, trashedAt: null, trashedFrom: null });
  }
  await rememberSlug(
    tx,
    { id, kind: target.kind },
    { old: oldAddressOf(current, columns.slug), present: columns.slug },
  );
  await replaceCategories(tx, id, categoryIds);
  await replaceTags(tx, id, tagIds);
  await replaceMediaUses(tx, id, mediaIds);
  await insertRevision(tx, id, { authorId: viewer.id, at: now, restoredFrom: input.restoredFrom });
  await recordAudit(tx, {
    actorId: viewer.id,
    action: auditAction(previousStatus, columns.status),
    targetType: target.kind,
    targetId: id,
    data: { version, status: columns.status },
  });
  if (columns.status === 'scheduled' && columns.publishedAt) {
    await enqueuePublication(tx, { id, publishedAt: columns.publishedAt });
  }
  if (input.autosaveKey) await removeAutosave(tx, viewer.id, input.autosaveKey);
  await notifyPostChanged(tx, id);
  const { slug, status } = columns;
  return { outcome: 'saved', post: { id, slug, status, version }, changed: true, previousStatus };
}

async function openForSaving(
  tx: Db,
  viewer: Viewer,
  target: SaveTarget,
): Promise<EditablePost | null> {
  if (target.id === null) {
    if (!canCreatePost(viewer, target.kind)) throw new ForbiddenError();
    return null;
  }
  const current = await lockEditablePost(tx, target.kind, target.id);
  if (!current) throw new NotFoundError();
  if (!canEditPost(viewer, current)) throw new ForbiddenError();
  return current;
}

/** The columns that a person decides about, from a form. */
async function columnsOf(
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
  const sticky = hasRole(viewer, 'editor') ? input.sticky : (current?.sticky ?? false);
  return {
    ...decideStatus({ status: input.status, publishedAt }, now),
    title: input.title,
    slug: await slugFor(tx, target, current, input),
    body: input.body,
    excerpt: input.excerpt,
    language: input.language,
    categoryId: input.categoryId,
    coverId: input.coverId,
    commentsOpen: input.commentsOpen,
    sticky: target.kind === 'post' && sticky,
  };
}

type Columns = Awaited<ReturnType<typeof columnsOf>>;

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
  return uniqueSlug(wanted, (slug) => isSlugTaken(tx, target.kind, slug, target.id));
}

/** The slug under which readers may know the post, where it is another now. */
function oldAddressOf(current: EditablePost | null, slug: string): string | null {
  return current && current.publishedAt !== null && current.slug !== slug ? current.slug : null;
}

async function categoriesOf(tx: Db, input: SaveInput): Promise<number[]> {
  const wanted = new Set(input.categoryIds);
  if (input.categoryId !== null) wanted.add(input.categoryId);
  const existing = await existingCategories(tx, [...wanted]);
  if (input.categoryId !== null && !existing.has(input.categoryId)) {
    throw new InvalidError({ categoryId: { key: 'problems.category' } });
  }
  return [...existing].toSorted((a, b) => a - b);
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  const left = new Set(a);
  return left.size === new Set(b).size && b.every((id) => left.has(id));
}

function isUnchanged(
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

function auditAction(previous: PostStatus | null, status: PostStatus): string {
  if (previous === null) return 'post.create';
  if (previous === status) return 'post.update';
  return status === 'draft'
    ? 'post.unpublish'
    : `post.${status === 'published' ? 'publish' : status}`;
}
