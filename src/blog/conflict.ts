import { randomUUID } from 'node:crypto';
import type { Db } from '#src/platform/db.js';
import { InvalidError, NotFoundError } from '#src/platform/errors.js';
import type { FormConflict } from './admin.views.js';
import { upsertAutosave } from './autosave.queries.js';
import type { PostValues } from './post-form.schema.js';
import { valuesOf } from './post-form.js';
import { findRevision } from './revisions.queries.js';
import type { EditablePost } from './saving.queries.js';
import { compareTexts, mergeTexts } from './text-diff.js';

const comparedFields = [
  'title',
  'slug',
  'excerpt',
  'tags',
  'status',
  'publishedAt',
  'language',
] as const;

/** As the save would store it. */
function tidy(body: string): string {
  return body.replace(/\r\n?/g, '\n').replace(/\s+$/, '');
}

/** What two people made of one post: `mine` was sent, `current` was saved meanwhile. */
export async function describeConflict(
  db: Db,
  mine: PostValues,
  current: EditablePost,
  timeZone: string,
): Promise<FormConflict> {
  const theirs = valuesOf(current, timeZone);
  const base = await findRevision(db, current.id, mine.version);
  const saved = await findRevision(db, current.id, current.version);
  const merged = base ? mergeTexts(base.body, tidy(mine.body), theirs.body) : null;
  return {
    theirs,
    baseVersion: mine.version,
    savedAt: current.updatedAt,
    savedBy: saved?.author?.displayName ?? null,
    lines: compareTexts(theirs.body, tidy(mine.body)),
    otherFields: comparedFields
      .filter((name) => theirs[name] !== mine[name].trim())
      .map((name) => ({ label: `editor.${name}`, mine: mine[name], theirs: theirs[name] })),
    merged: merged === theirs.body ? null : merged,
  };
}

/**
 * The text with both changes in it: what was sent, and what was saved meanwhile.
 * @throws {NotFoundError} a version is gone. @throws {InvalidError} both changed the same lines.
 */
export async function mergedBody(
  db: Db,
  postId: number,
  versions: { base: number; theirs: number },
  mine: string,
): Promise<string> {
  const base = await findRevision(db, postId, versions.base);
  const theirs = await findRevision(db, postId, versions.theirs);
  if (!base || !theirs) throw new NotFoundError();
  const merged = mergeTexts(base.body, tidy(mine), theirs.body);
  if (merged === null) throw new InvalidError({ body: { key: 'problems.merge' } });
  return merged;
}

/** Keeps what was sent although it could not be saved, so that taking theirs loses nothing. */
export async function parkMine(
  deps: { db: Db; now: () => Date },
  viewer: { id: number },
  mine: { key: string | null; values: PostValues; kind: 'post' | 'page'; postId: number },
): Promise<string> {
  const key = mine.key ?? randomUUID();
  const { version: baseVersion, ...fields } = mine.values;
  await upsertAutosave(deps.db, {
    key,
    userId: viewer.id,
    postId: mine.postId,
    kind: mine.kind,
    baseVersion,
    fields,
    at: deps.now(),
  });
  return key;
}
