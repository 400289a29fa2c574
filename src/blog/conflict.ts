import type { Db } from '#src/platform/db.js';
import type { FormConflict } from './admin.views.js';
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
  const merged = base
    ? mergeTexts(base.body, mine.body.replace(/\r\n?/g, '\n'), theirs.body)
    : null;
  return {
    theirs,
    baseVersion: mine.version,
    savedAt: current.updatedAt,
    savedBy: saved?.author?.displayName ?? null,
    lines: compareTexts(theirs.body, mine.body.replace(/\r\n?/g, '\n')),
    otherFields: comparedFields
      .filter((name) => theirs[name] !== mine[name].trim())
      .map((name) => ({ label: `editor.${name}`, mine: mine[name], theirs: theirs[name] })),
    merged: merged === theirs.body ? null : merged,
  };
}
