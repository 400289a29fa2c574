import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, isUniqueViolation, type Database, type Db } from '#src/platform/db.js';
import { ForbiddenError, NotFoundError } from '#src/platform/errors.js';
import { findOrCreateTags } from '#src/tags/index.js';
import type { Viewer } from '#src/users/index.js';
import { removeAutosave } from './autosave.queries.js';
import { enqueuePublication } from './jobs.js';
import { canCreatePost, canEditPost, type PostStatus } from './policy.js';
import {
  columnsOf,
  isUnchanged,
  type Columns,
  type SaveInput,
  type SaveTarget,
} from './post-columns.js';
import { renderForStorage, type StoredRendering } from './rendering.js';
import { madeByThisForm, saysTheSame } from './sent-again.js';
import {
  insertPost,
  insertRevision,
  lockEditablePost,
  notifyPostChanged,
  rememberSlug,
  replaceCategories,
  replaceMediaUses,
  replaceTags,
  updatePost,
  type EditablePost,
} from './saving.queries.js';

/** What saving needs. */
export interface SavingDeps {
  db: Database;
  now: () => Date;
  config: { baseUrl: string };
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
  const made = await madeByThisForm(tx, viewer, target, input);
  if (made) {
    if (!(await saysTheSame(tx, viewer, made, input, now)))
      return { outcome: 'stale', current: made };
    if (input.autosaveKey) await removeAutosave(tx, viewer.id, input.autosaveKey);
    return savedAs(made, false, made.status);
  }
  if (current && current.version !== input.version) return { outcome: 'stale', current };
  const { columns, categories } = await columnsOf(tx, viewer, target, current, input, now);
  const tags = await findOrCreateTags(tx, input.tags);
  const changed = !current || !isUnchanged(current, columns, categories, tags);
  const creationKey = input.autosaveKey;
  const work = { viewer, target, current, columns, categories, tags, rendering, now, creationKey };
  const post = changed ? await writePost(tx, work, input.restoredFrom) : current;
  if (input.autosaveKey) await removeAutosave(tx, viewer.id, input.autosaveKey);
  return savedAs(post, changed, current?.status ?? null);
}

function savedAs(
  post: { id: number; slug: string; status: PostStatus; version: number },
  changed: boolean,
  previousStatus: PostStatus | null,
): SaveOutcome {
  const { id, slug, status, version } = post;
  return { outcome: 'saved', post: { id, slug, status, version }, changed, previousStatus };
}

interface Work {
  viewer: Viewer;
  target: SaveTarget;
  current: EditablePost | null;
  columns: Columns;
  categories: number[];
  tags: number[];
  rendering: StoredRendering;
  now: Date;
  creationKey: string | null;
}

/** Writes everything that belongs to one save. */
async function writePost(tx: Db, work: Work, restoredFrom: number | undefined) {
  const { viewer, current, columns, now } = work;
  const { kind } = work.target;
  const version = (current?.version ?? 0) + 1;
  const id = await writeRow(tx, work, version);
  const old = oldAddressOf(current, columns.slug);
  await rememberSlug(tx, { id, kind }, { old, present: columns.slug });
  await replaceCategories(tx, id, work.categories);
  await replaceTags(tx, id, work.tags);
  await replaceMediaUses(tx, id, work.rendering.mediaIds);
  await insertRevision(tx, id, { authorId: viewer.id, at: now, restoredFrom });
  await recordAudit(tx, {
    actorId: viewer.id,
    action: auditAction(current?.status ?? null, columns.status),
    targetType: kind,
    targetId: id,
    data: { version, status: columns.status },
  });
  if (columns.status === 'scheduled' && columns.publishedAt) {
    await enqueuePublication(tx, { id, publishedAt: columns.publishedAt });
  }
  await notifyPostChanged(tx, id);
  return { id, slug: columns.slug, status: columns.status, version };
}

async function writeRow(tx: Db, work: Work, version: number): Promise<number> {
  const { current, columns, viewer, now } = work;
  const { html, plainText, autoExcerpt, wordCount, readingMinutes, rendererVersion } =
    work.rendering;
  const stored = { html, plainText, autoExcerpt, wordCount, readingMinutes, rendererVersion };
  const toc = JSON.parse(JSON.stringify(work.rendering.toc));
  const data = { ...columns, ...stored, toc, version, updatedAt: now };
  if (!current) {
    const { kind } = work.target;
    const { creationKey } = work;
    const origin = { kind, authorId: viewer.id, createdAt: now, creationKey };
    const made = await insertPost(tx, { ...data, ...origin });
    return made.id;
  }
  // What came by import has no revision yet: its first one is what it said until now.
  await insertRevision(tx, current.id, { authorId: current.authorId, at: current.updatedAt });
  await updatePost(tx, current.id, { ...data, trashedAt: null, trashedFrom: null });
  return current.id;
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

/** The slug under which readers may know the post, where it is another now. */
function oldAddressOf(current: EditablePost | null, slug: string): string | null {
  return current && current.publishedAt !== null && current.slug !== slug ? current.slug : null;
}

function auditAction(previous: PostStatus | null, status: PostStatus): string {
  if (previous === null) return 'post.create';
  if (previous === status) return 'post.update';
  return status === 'draft'
    ? 'post.unpublish'
    : `post.${status === 'published' ? 'publish' : status}`;
}
