import { Router } from 'express';
import type { Database } from '#src/platform/db.js';
import { UnauthenticatedError } from '#src/platform/errors.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { readToday } from './today.js';
import { renderToday } from './views.js';

/** What the first page of the admin needs. */
export interface DashboardDeps {
  db: Database;
  now: () => Date;
}

/** `/admin`: what waits, what comes, what was last. */
export function dashboardRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/admin', requireRole('author'), async (req, res) => {
    const viewer = viewerOf(req);
    if (!viewer) throw new UnauthenticatedError();
    renderToday(res, await readToday(deps.db, viewer, deps.now()));
  });
  return router;
}
