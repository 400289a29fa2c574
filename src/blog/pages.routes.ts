import { Router, type Request, type Response, type NextFunction } from 'express';
import { movedStatus, redirectTo } from '#src/platform/http.js';
import { RESERVED_SLUGS } from '#src/platform/slug.js';
import { viewerOf } from '#src/users/index.js';
import { isPublic } from './policy.js';
import { findReadable, slugFrom } from './reading.js';
import { editHrefFor, type BlogDeps } from './routes.js';
import { renderStaticPage } from './views.js';

async function showPage(
  deps: BlogDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const viewer = viewerOf(req);
  const slug = slugFrom(req.params.page);
  const found = RESERVED_SLUGS.has(slug)
    ? null
    : await findReadable(deps, 'page', { slug, rawPath: req.path }, viewer);
  // An imported permalink may still have this address.
  if (!found) {
    next();
    return;
  }
  if ('movedTo' in found) {
    redirectTo(res, found.movedTo, movedStatus(req));
    return;
  }
  const { post } = found;
  renderStaticPage(res, {
    post,
    hidden: !isPublic(post, deps.now()),
    editHref: editHrefFor(viewer, post),
    discussion: await deps.renderDiscussion(req, res, post, viewer),
  });
}

/** The static pages, `/:page`: mounted after every other route. */
export function pageRoutes(deps: BlogDeps): Router {
  const router = Router();
  router.get('/:page', (req, res, next) => showPage(deps, req, res, next));
  return router;
}
