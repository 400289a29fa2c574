import type { Database } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import type { Viewer } from '#src/users/index.js';
import { getEditablePost } from './editing.js';
import { valuesOf } from './post-form.js';
import { postForm } from './post-form.schema.js';
import { findRevision, listRevisions, type Revision } from './revisions.queries.js';
import { savePost, type SaveOutcome, type SavingDeps } from './saving.js';
import type { EditablePost } from './saving.queries.js';
import { compareTexts, type LineChange } from './text-diff.js';

const PER_PAGE = 50;

type Target = { kind: 'post' | 'page'; id: number };

/** The versions of a post that the viewer may change, newest first; `older` is the next `before`. */
export async function readRevisions(
  db: Database,
  viewer: Viewer,
  target: Target,
  before: number | null,
) {
  const post = await getEditablePost(db, viewer, target);
  const rows = await listRevisions(db, post.id, before, PER_PAGE + 1);
  const revisions = rows.slice(0, PER_PAGE);
  return {
    post,
    revisions,
    older: rows.length > PER_PAGE ? (revisions.at(-1)?.version ?? null) : null,
  };
}

/** Two versions side by side: what the later one changed. */
export interface Comparison {
  post: EditablePost;
  from: Revision;
  to: Revision;
  lines: LineChange[];
  fields: {
    name: 'title' | 'slug' | 'excerpt' | 'language' | 'status';
    from: string;
    to: string;
  }[];
}

const comparedFields = ['title', 'slug', 'excerpt', 'language', 'status'] as const;

/** Compares two versions of a post, the earlier one first. @throws {NotFoundError} no such version. */
export async function compareRevisions(
  db: Database,
  viewer: Viewer,
  target: Target,
  versions: { from: number; to: number },
): Promise<Comparison> {
  const post = await getEditablePost(db, viewer, target);
  const [first, second] = [versions.from, versions.to].toSorted((a, b) => a - b);
  const from = await findRevision(db, post.id, first ?? 0);
  const to = await findRevision(db, post.id, second ?? 0);
  if (!from || !to) throw new NotFoundError();
  return {
    post,
    from,
    to,
    lines: compareTexts(from.body, to.body),
    fields: comparedFields
      .filter((name) => from[name] !== to[name])
      .map((name) => ({ name, from: from[name], to: to[name] })),
  };
}

/**
 * Brings the words of an earlier version back as a new version: title, text, excerpt, language. What
 * a revision does not keep (tags, cover, date) stays, and so do address and status.
 * @throws {NotFoundError} no such version. @throws {ForbiddenError} not theirs.
 */
export async function restoreRevision(
  deps: SavingDeps,
  viewer: Viewer,
  target: Target,
  version: number,
  timeZone: string,
): Promise<SaveOutcome> {
  const post = await getEditablePost(deps.db, viewer, target);
  const revision = await findRevision(deps.db, post.id, version);
  if (!revision) throw new NotFoundError();
  const { title, body, excerpt, language } = revision;
  const form = postForm.parse({ ...valuesOf(post, timeZone), title, body, excerpt, language });
  return savePost(deps, viewer, target, { ...form, timeZone, restoredFrom: version });
}
