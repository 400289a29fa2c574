import { Router } from 'express';
import type { Database } from '#src/platform/db.js';
import { requireRole } from '#src/users/index.js';
import { renderDashboard } from './views.js';

/** What the first page of the admin needs. */
export interface DashboardDeps {
  db: Database;
  now: () => Date;
}

/** `/admin`: what waits, what comes, what was last. */
export function dashboardRoutes(_deps: DashboardDeps): Router {
  const router = Router();
  router.get('/admin', requireRole('author'), (_req, res) => renderDashboard(res));
  return router;
}
