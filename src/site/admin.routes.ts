import { Router } from 'express';
import type { Database } from '#src/platform/db.js';
import { menuAdminRoutes } from './menu.admin.routes.js';
import { settingsAdminRoutes } from './settings.admin.routes.js';

/** The pages of settings and menus. */
export function siteAdminRoutes(deps: { db: Database; now: () => Date }): Router {
  const router = Router();
  router.use(settingsAdminRoutes(deps));
  router.use(menuAdminRoutes(deps));
  return router;
}
