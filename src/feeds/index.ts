import { Router } from 'express';
import type { FeedDeps } from './building.js';
import { noticeRoutes } from './notices.routes.js';
import { feedRoutes } from './routes.js';
import { sitemapRoutes, type SitemapDeps } from './sitemaps.routes.js';

/**
 * Everything for programs that read the site: feeds, sitemaps, robots.txt, the search's description,
 * security.txt. They are the same for everyone: no cookie is read or set.
 */
export function machineRoutes(deps: FeedDeps & SitemapDeps): Router {
  const router = Router();
  router.use(noticeRoutes(deps));
  router.use(feedRoutes(deps));
  router.use(sitemapRoutes(deps));
  return router;
}
