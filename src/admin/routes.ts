import { Router, type RequestHandler } from 'express';
import { takeFlash } from '#src/platform/flash.js';
import { hasRole, viewerOf } from '#src/users/index.js';
import { dashboardRoutes, type DashboardDeps } from './dashboard.routes.js';
import { navigationFor } from './navigation.js';

/** What the layout of the admin shows on each of its pages: the navigation and a waiting message. */
export function adminFrame(): RequestHandler {
  return (req, res, next) => {
    const viewer = viewerOf(req);
    const path = req.originalUrl.split('?', 1)[0] ?? '/admin';
    res.locals.navigation = navigationFor(path, (role) => hasRole(viewer, role));
    res.set('Cache-Control', 'no-store');
    if (req.method === 'GET') res.locals.message = takeFlash(req, res);
    next();
  };
}

/** The frame of the admin and its first page. Mount before every other router under /admin. */
export function adminRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.use('/admin', adminFrame());
  router.use(dashboardRoutes(deps));
  return router;
}
