import type { Database } from '#src/platform/db.js';
import { ForbiddenError, NotFoundError } from '#src/platform/errors.js';
import type { Viewer } from '#src/users/index.js';
import { findAutosave, findAutosaveOfPost } from './autosave.queries.js';
import { canCreatePost, canEditPost } from './policy.js';
import { typedValues, type PostValues } from './post-form.schema.js';
import { emptyValues, valuesOf } from './post-form.js';
import { findEditablePost, type EditablePost } from './saving.queries.js';

/** What opening a form needs to know of the site. */
export interface FormSite {
  language: string;
  timeZone: string;
}

/** A form as it opens: the post as stored, or an autosave in its place. */
export interface OpenedForm {
  post: EditablePost | null;
  values: PostValues;
  /** Key under which this form is kept while it is written; null: a new one is to be made. */
  autosaveKey: string | null;
  waiting: { key: string; at: Date } | null;
  restored: boolean;
}

/** Opens the form of a new post or page; `restore` names an autosave to show. */
export async function openNewForm(
  db: Database,
  viewer: Viewer,
  kind: 'post' | 'page',
  site: FormSite,
  restore: string | null,
): Promise<OpenedForm> {
  if (!canCreatePost(viewer, kind)) throw new ForbiddenError();
  const autosave = restore === null ? null : await findAutosave(db, viewer.id, restore);
  const usable = autosave !== null && autosave.postId === null && autosave.kind === kind;
  return {
    post: null,
    values: usable
      ? { ...typedValues.parse(autosave.fields), version: 0 }
      : emptyValues(site, kind),
    autosaveKey: usable ? autosave.key : null,
    waiting: null,
    restored: usable,
  };
}

/**
 * Opens the form of a post or page.
 * @throws {NotFoundError} there is none, or the person may not know of it.
 */
export async function openForm(
  db: Database,
  viewer: Viewer,
  target: { kind: 'post' | 'page'; id: number },
  site: FormSite,
  restore: string | null,
): Promise<OpenedForm> {
  const post = await getEditablePost(db, viewer, target);
  const autosave = await findAutosaveOfPost(db, viewer.id, post.id);
  const stored = valuesOf(post, site.timeZone);
  if (!autosave) return { post, values: stored, autosaveKey: null, waiting: null, restored: false };
  if (restore === autosave.key) {
    // The version that the autosave was begun from: a save since then is noticed, not overwritten.
    const values = { ...typedValues.parse(autosave.fields), version: autosave.baseVersion };
    return { post, values, autosaveKey: autosave.key, waiting: null, restored: true };
  }
  const waiting = { key: autosave.key, at: autosave.updatedAt };
  return { post, values: stored, autosaveKey: null, waiting, restored: false };
}

/** A post or page that the viewer may change. @throws {NotFoundError} @throws {ForbiddenError} */
export async function getEditablePost(
  db: Database,
  viewer: Viewer,
  target: { kind: 'post' | 'page'; id: number },
): Promise<EditablePost> {
  const post = await findEditablePost(db, target.kind, target.id);
  if (!post) throw new NotFoundError();
  if (!canEditPost(viewer, post)) throw new ForbiddenError();
  return post;
}
