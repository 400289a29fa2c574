import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import type { Translate } from '#src/platform/i18n.js';
import type { SafeHtml } from '#src/platform/markdown/index.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderFragment, renderPage } from '#src/platform/render.js';
import type { FormChoices } from './post-form.js';
import type { PostValues } from './post-form.schema.js';
import type { PostStatus } from './policy.js';
import type { LineChange } from './text-diff.js';

/** Where the admin pages of a kind live. */
export function adminPath(kind: 'post' | 'page', id?: number): string {
  const base = kind === 'post' ? '/admin/posts' : '/admin/pages';
  return id === undefined ? base : `${base}/${id}`;
}

/** The post behind a form, where there is one. */
export interface FormPost {
  id: number;
  title: string;
  status: PostStatus;
  version: number;
  updatedAt: Date;
  publishedAt: Date | null;
  /** Its public address, where the public can read it now. */
  publicPath: string | null;
  author: string | null;
}

/** Two texts of one post: what was sent, and what somebody saved meanwhile. */
export interface FormConflict {
  theirs: PostValues;
  savedAt: Date;
  savedBy: string | null;
  lines: LineChange[];
  /** The version that both began from. */
  baseVersion: number;
  /** Keys of the catalogue for the other fields that differ. */
  otherFields: { label: string; mine: string; theirs: string }[];
  /** Both changes in one text, where they do not touch the same lines. */
  merged: string | null;
}

const scriptWords = [
  'saving',
  'saved',
  'kept',
  'keptHere',
  'loggedOut',
  'unsaved',
  'words',
  'uploading',
  'uploadFailed',
  'notPicture',
  'describe',
  'linkText',
  'boldText',
  'italicText',
  'codeText',
  'headingText',
  'previewFailed',
  'localFound',
  'localRestore',
  'localDiscard',
] as const;

/** The form of a post or page. */
export interface PostFormPage {
  kind: 'post' | 'page';
  post: FormPost | null;
  values: PostValues;
  problems: FieldProblems;
  choices: FormChoices;
  languages: { value: string; label: string }[];
  timeZone: string;
  autosaveKey: string;
  /** An autosave that is newer than the post and not shown in the form. */
  waiting: { key: string; at: Date } | null;
  /** The form shows an autosave. */
  restored: boolean;
  conflict: FormConflict | null;
  maySetSticky: boolean;
}

/** What the editor's script says, in the reader's language. */
function wordsOfEditor(t: Translate): Record<string, string> {
  return Object.fromEntries(scriptWords.map((name) => [name, t(`editor.script.${name}`)]));
}

const shownFields = [
  'title',
  'body',
  'excerpt',
  'status',
  'publishedAt',
  'categoryId',
  'tags',
  'coverId',
  'coverFile',
  'coverAlt',
  'slug',
  'language',
] as const;

/** What the fields are called, for the summary of what is wrong. */
function labelsOfFields(t: Translate): Record<string, string> {
  const labels = shownFields.map((name) => [name, t(`editor.${name}`)]);
  return { ...Object.fromEntries(labels), categoryIds: t('editor.moreCategories') };
}

/** Shows the form; 422 where it has problems, 409 where somebody else was faster. */
export function renderPostForm(res: Response, locals: PostFormPage): void {
  const t = translatorOf(res);
  const status = locals.conflict ? 409 : Object.keys(locals.problems).length > 0 ? 422 : 200;
  const name = locals.post
    ? locals.post.title || t('posts.untitled')
    : t(`editor.new.${locals.kind}`);
  renderPage(res, 'admin/editor/form', {
    ...locals,
    base: adminPath(locals.kind),
    editorWords: wordsOfEditor(t),
    fieldLabels: labelsOfFields(t),
    scripts: ['js/admin-editor.js'],
    wide: true,
    title: name,
    layout: 'admin',
    status,
  });
}

/** A text as the public would see it, before it is saved. */
export interface PreviewPage {
  post: {
    title: string;
    language: string;
    html: SafeHtml;
    excerpt: string;
    cover: FormChoices['covers'][number]['picture'] | null;
  };
  /** Where the way back leads; null: close the window. */
  backHref: string | null;
}

/** Shows a preview inside the public layout, out of reach of search engines. */
export function renderPreview(res: Response, locals: PreviewPage): void {
  const t = translatorOf(res);
  const title = t('editor.previewOf', { title: locals.post.title || t('posts.untitled') });
  renderPage(res, 'admin/editor/preview', { ...locals, title, robots: 'noindex, nofollow' });
}

/** Shows what was sent by someone whose session had ended, ready to be sent again. */
export function renderSessionEnded(
  res: Response,
  locals: { action: string; fields: [name: string, value: string][]; body: string },
): void {
  const t = translatorOf(res);
  renderPage(res, 'admin/editor/session-ended', {
    ...locals,
    title: t('editor.sessionEnded.title'),
    layout: 'bare',
    robots: 'noindex',
    status: 401,
  });
}

/** `away`: the database. `storage`: the pictures' place. `gone`: the post. `other`: nobody knows. */
export type NotSavedReason = 'away' | 'storage' | 'gone' | 'other';

/** Shows what was sent in a form that could not be saved; needs nothing of the site. */
export function renderNotSaved(
  res: Response,
  locals: {
    why: NotSavedReason;
    status: number;
    /** As it stands in the log. */
    id: string | null;
    action: string;
    fields: [name: string, value: string][];
    body: string;
  },
): void {
  const title = translatorOf(res)('editor.notSaved.title');
  const page = { ...locals, title, robots: 'noindex' };
  if (res.locals.site) renderPage(res, 'admin/editor/not-saved', { ...page, layout: 'bare' });
  else {
    const html = renderFragment(res, 'admin/editor/not-saved-frameless', page);
    res.status(locals.status).type('html').send(html);
  }
}
