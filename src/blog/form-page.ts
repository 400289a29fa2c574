import { randomUUID } from 'node:crypto';
import type { Database } from '#src/platform/db.js';
import type { FieldProblems } from '#src/platform/errors.js';
import type { Viewer } from '#src/users/index.js';
import { postPath } from './addresses.js';
import type { FormConflict, FormPost, PostFormPage } from './admin.views.js';
import { languageChoices } from './languages.js';
import { canChangeAuthor, isPublic } from './policy.js';
import { formChoices } from './post-form.js';
import type { PostValues } from './post-form.schema.js';
import type { EditablePost } from './saving.queries.js';

/** What a form shows, before the choices that the database offers are added. */
export interface FormState {
  kind: 'post' | 'page';
  post: EditablePost | null;
  values: PostValues;
  problems?: FieldProblems;
  autosaveKey?: string | null;
  waiting?: { key: string; at: Date } | null;
  restored?: boolean;
  conflict?: FormConflict | null;
}

function formPost(post: EditablePost, now: Date): FormPost {
  return {
    id: post.id,
    title: post.title,
    status: post.status,
    version: post.version,
    updatedAt: post.updatedAt,
    publishedAt: post.publishedAt,
    publicPath: isPublic(post, now) || post.status === 'private' ? postPath(post) : null,
    author: post.author?.displayName ?? null,
  };
}

/** The whole form: fields, what they offer, and what there is to say about the post. */
export async function formPage(
  deps: { db: Database; now: () => Date },
  viewer: Viewer,
  site: { timeZone: string; locale: string },
  state: FormState,
): Promise<PostFormPage> {
  return {
    kind: state.kind,
    post: state.post ? formPost(state.post, deps.now()) : null,
    values: state.values,
    problems: state.problems ?? {},
    choices: await formChoices(deps.db, viewer, state.values.coverId),
    languages: languageChoices(site.locale, state.values.language),
    timeZone: site.timeZone,
    autosaveKey: state.autosaveKey ?? randomUUID(),
    waiting: state.waiting ?? null,
    restored: state.restored ?? false,
    conflict: state.conflict ?? null,
    maySetSticky: state.kind === 'post' && canChangeAuthor(viewer),
  };
}
