import { Router, type Request, type Response } from 'express';
import { pictureOf } from '#src/media/index.js';
import type { Database } from '#src/platform/db.js';
import { InvalidError } from '#src/platform/errors.js';
import { wantsJson } from '#src/platform/http.js';
import { requireRole } from '#src/users/index.js';
import { findFormPicture } from './admin.queries.js';
import { adminPath, renderPreview } from './admin.views.js';
import { getEditablePost } from './editing.js';
import { idFrom, viewerFrom } from './editor.admin.routes.js';
import { receivePostForm } from './post-form.routes.js';
import { languageTag, MAX_BODY_LENGTH, typedValues } from './post-form.schema.js';
import { renderBody } from './rendering.js';

interface PreviewDeps {
  db: Database;
  config: { baseUrl: string };
}

async function coverFor(db: Database, coverId: number | null) {
  const row = coverId === null ? null : await findFormPicture(db, coverId);
  return row ? pictureOf(row) : null;
}

// The same renderer as the save: what is shown here is what will be stored.
async function showTyped(deps: PreviewDeps, req: Request, res: Response): Promise<void> {
  const values = typedValues.parse(req.body ?? {});
  if (values.body.length > MAX_BODY_LENGTH) {
    throw new InvalidError({ body: { key: 'problems.long', values: { max: MAX_BODY_LENGTH } } });
  }
  const { baseUrl } = deps.config;
  const { rendered } = await renderBody(deps.db, { body: values.body, baseUrl });
  if (wantsJson(req)) {
    const { html, wordCount, readingMinutes } = rendered;
    res.json({ html, wordCount, readingMinutes });
    return;
  }
  const language = languageTag.safeParse(values.language);
  const coverId = /^\d{1,9}$/.test(values.coverId) ? Number(values.coverId) : null;
  renderPreview(res, {
    post: {
      title: values.title,
      language: language.success ? language.data : 'en',
      html: rendered.html,
      excerpt: values.excerpt,
      cover: await coverFor(deps.db, coverId),
    },
    backHref: null,
  });
}

async function showSaved(
  deps: PreviewDeps,
  kind: 'post' | 'page',
  req: Request,
  res: Response,
): Promise<void> {
  const id = idFrom(req.params.id);
  const post = await getEditablePost(deps.db, viewerFrom(req), { kind, id });
  const { baseUrl } = deps.config;
  const { rendered } = await renderBody(deps.db, { body: post.body, baseUrl });
  renderPreview(res, {
    post: {
      title: post.title,
      language: post.language,
      html: rendered.html,
      excerpt: post.excerpt,
      cover: await coverFor(deps.db, post.coverId),
    },
    backHref: adminPath(kind, id),
  });
}

/** What a text will look like: as typed, and as saved. */
export function previewRoutes(deps: PreviewDeps): Router {
  const router = Router();
  const author = requireRole('author');
  router.post('/admin/preview', author, receivePostForm(), (req: Request, res: Response) =>
    showTyped(deps, req, res),
  );
  router.get('/admin/posts/:id/preview', author, (req, res) => showSaved(deps, 'post', req, res));
  router.get('/admin/pages/:id/preview', author, (req, res) => showSaved(deps, 'page', req, res));
  return router;
}
