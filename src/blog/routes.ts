import { Router, type Request, type Response } from 'express';
import { NotFoundError } from '#src/platform/errors.js';
import { movedStatus, redirectTo } from '#src/platform/http.js';
import type { SafeHtml } from '#src/platform/markdown/index.js';
import { pageRequest } from '#src/platform/pagination.js';
import { listTopCategories } from '#src/tags/index.js';
import { viewerOf, type Viewer } from '#src/users/index.js';
import { cursorQuery } from './addresses.js';
import { siteOf } from './frame.js';
import { findStickyPost, listVisiblePosts } from './lists.queries.js';
import { renderHomePage } from './lists.views.js';
import { canEditPost } from './policy.js';
import { findCover, type WholePost } from './queries.js';
import { aroundPost, findReadable, slugFrom, type ReadingDeps } from './reading.js';
import { renderPostPage } from './views.js';

/** Renders what is said below a post; the blog knows no more of it. */
export type RenderDiscussion = (
  req: Request,
  res: Response,
  post: WholePost,
  viewer: Viewer | null,
) => Promise<SafeHtml>;

/** What the public pages need. */
export interface BlogDeps extends ReadingDeps {
  renderDiscussion: RenderDiscussion;
}

const TOPICS = 12;

/** Where the viewer may change a post, or null. */
export function editHrefFor(viewer: Viewer | null, post: WholePost): string | null {
  return canEditPost(viewer, post) ? `/admin/${post.kind}s/${String(post.id)}` : null;
}

async function showHome(deps: BlogDeps, req: Request, res: Response): Promise<void> {
  const now = deps.now();
  const request = pageRequest(req.query, siteOf(res).postsPerPage);
  const first = !request.before && !request.after;
  const sticky = first ? await findStickyPost(deps.db, now) : null;
  const wanted = sticky ? { ...request, limit: Math.max(1, request.limit - 1) } : request;
  const list = await listVisiblePosts(deps.db, { by: 'all' }, wanted, now, sticky?.id ?? null);
  const lead = sticky ?? (first ? (list.items[0] ?? null) : null);
  const items = list.items.filter((post) => post.id !== lead?.id);
  renderHomePage(res, {
    path: `/${cursorQuery(request)}`,
    lead,
    cover: await findCover(deps.db, lead?.coverId ?? null),
    list: { ...list, items },
    topics: await listTopCategories(deps.db, TOPICS),
  });
}

async function showPost(deps: BlogDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(req);
  const slug = slugFrom(req.params.slug);
  const found = await findReadable(deps, 'post', { slug, rawPath: req.path }, viewer);
  if (!found) throw new NotFoundError();
  if ('movedTo' in found) {
    redirectTo(res, found.movedTo, movedStatus(req));
    return;
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new NotFoundError();
  const { post } = found;
  const [around, discussion] = await Promise.all([
    aroundPost(deps, post),
    deps.renderDiscussion(req, res, post, viewer),
  ]);
  renderPostPage(res, {
    post,
    ...around,
    editHref: editHrefFor(viewer, post),
    discussion,
  });
}

/** The home page and the posts. */
export function blogRoutes(deps: BlogDeps): Router {
  const router = Router();
  router.get('/', (req, res) => showHome(deps, req, res));
  // Old slugs answer whatever is asked of them, so that nothing sent to one is lost.
  router.all('/posts/:slug', (req, res) => showPost(deps, req, res));
  return router;
}
