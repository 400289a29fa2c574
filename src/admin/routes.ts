import { Router, type Request, type RequestHandler, type Response } from 'express';
import { takeFlash, type Flash } from '#src/platform/flash.js';
import { translatorOf } from '#src/platform/preferences.js';
import { hasRole, viewerOf } from '#src/users/index.js';
import { dashboardRoutes, type DashboardDeps } from './dashboard.routes.js';
import { navigationFor } from './navigation.js';

// The message comes back by cookie: one whose words the catalogue lacks is not ours.
function messageFor(req: Request, res: Response): Flash | null {
  const flash = takeFlash(req, res);
  const t = translatorOf(res);
  try {
    if (flash) t(flash.key, flash.values);
    if (flash?.more) t(flash.more.key, flash.more.values);
    return flash;
  } catch {
    return null;
  }
}

/** What the layout of the admin shows on each of its pages: the navigation and a waiting message. */
export function adminFrame(): RequestHandler {
  return (req, res, next) => {
    const viewer = viewerOf(req);
    const path = req.originalUrl.split('?', 1)[0] ?? '/admin';
    res.locals.navigation = navigationFor(path, (role) => hasRole(viewer, role));
    res.set('Cache-Control', 'no-store');
    if (req.method === 'GET') res.locals.message = messageFor(req, res);
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
