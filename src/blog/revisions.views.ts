import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { adminPath } from './admin.views.js';
import type { Comparison, readRevisions } from './revisions.js';

type RevisionList = Awaited<ReturnType<typeof readRevisions>>;

/** Shows the versions of a post, two of which can be chosen to be compared. */
export function renderRevisions(res: Response, locals: RevisionList): void {
  const t = translatorOf(res);
  const name = locals.post.title || t('posts.untitled');
  renderPage(res, 'admin/posts/revisions', {
    ...locals,
    title: t('revisions.title', { title: name }),
    name,
    layout: 'admin',
    base: adminPath(locals.post.kind, locals.post.id),
  });
}

/** Shows what changed from one version to another. */
export function renderComparison(res: Response, locals: Comparison): void {
  const t = translatorOf(res);
  const name = locals.post.title || t('posts.untitled');
  renderPage(res, 'admin/posts/comparison', {
    ...locals,
    title: t('revisions.comparison', { title: name }),
    name,
    layout: 'admin',
    base: adminPath(locals.post.kind, locals.post.id),
  });
}
