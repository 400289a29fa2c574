import { Router, type NextFunction, type Request, type Response } from 'express';
import { movedStatus, redirectTo } from '#src/platform/http.js';
import { pageRequest } from '#src/platform/pagination.js';
import {
  ancestorsOf,
  categoryPath,
  findCategoryBySlug,
  findTagBySlug,
  flattened,
  listCategories,
  tagPath,
  treeOf,
  withDescendants,
} from '#src/tags/index.js';
import { authorPath, cursorQuery, isSpeltDifferently } from './addresses.js';
import { siteOf } from './frame.js';
import { listVisiblePosts, type ListScope } from './lists.queries.js';
import { renderAuthorPage, renderCategoryPage, renderTagPage } from './lists.views.js';
import { findAuthor } from './queries.js';
import { normalSlug, slugFrom, type ReadingDeps } from './reading.js';

/** One page of a list as its route found it. */
async function pageOf(deps: ReadingDeps, req: Request, res: Response, scope: ListScope) {
  const request = pageRequest(req.query, siteOf(res).postsPerPage);
  return {
    search: cursorQuery(request),
    list: await listVisiblePosts(deps.db, scope, request, deps.now()),
  };
}

/** Sends to the one spelling of an address; true when it did. */
function respelt(req: Request, res: Response, slug: string, path: string): boolean {
  if (!isSpeltDifferently(req.path, slug)) return false;
  redirectTo(res, path + new URL(req.originalUrl, 'http://local').search, movedStatus(req));
  return true;
}

async function showCategory(
  deps: ReadingDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const category = await findCategoryBySlug(deps.db, normalSlug(slugFrom(req.params.slug)));
  // A renamed one may have left a redirect, which is looked up after all routes.
  if (!category) {
    next();
    return;
  }
  if (respelt(req, res, category.slug, categoryPath(category.slug))) return;
  const all = await listCategories(deps.db);
  const categoryIds = withDescendants(all, category.id);
  const branch = flattened(treeOf(all)).find((node) => node.id === category.id);
  renderCategoryPage(res, {
    category,
    above: ancestorsOf(all, category.id),
    children: branch?.children ?? [],
    ...(await pageOf(deps, req, res, { by: 'category', categoryIds })),
  });
}

async function showTag(
  deps: ReadingDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const tag = await findTagBySlug(deps.db, normalSlug(slugFrom(req.params.slug)));
  if (!tag) {
    next();
    return;
  }
  if (respelt(req, res, tag.slug, tagPath(tag.slug))) return;
  renderTagPage(res, { tag, ...(await pageOf(deps, req, res, { by: 'tag', tagId: tag.id })) });
}

async function showAuthor(
  deps: ReadingDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const author = await findAuthor(deps.db, slugFrom(req.params.username));
  const found = author && (await pageOf(deps, req, res, { by: 'author', authorId: author.id }));
  // Readers have accounts too, but no page: it would tell who is registered.
  if (!author || !found || (author.role === 'reader' && author.postCount === 0)) {
    next();
    return;
  }
  if (respelt(req, res, author.username, authorPath(author.username))) return;
  renderAuthorPage(res, { author, ...found });
}

/** Lists of a category, a tag and an author. */
export function listRoutes(deps: ReadingDeps): Router {
  const router = Router();
  router.get('/categories/:slug', (req, res, next) => showCategory(deps, req, res, next));
  router.get('/tags/:slug', (req, res, next) => showTag(deps, req, res, next));
  router.get('/authors/:username', (req, res, next) => showAuthor(deps, req, res, next));
  return router;
}
