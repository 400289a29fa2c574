import { Router } from 'express';
import { accountRoutes, type AccountRoutesDeps } from './account.routes.js';
import { loginRoutes, type LoginRoutesDeps } from './login.routes.js';
import { setupRoutes, type SetupRoutesDeps } from './setup.routes.js';

export { hasRole, requireRole, viewerOf } from './viewer.js';
export type { Role, Viewer } from './viewer.js';
export { sessions } from './authentication.js';
export {
  changeRole,
  createUserAccount,
  ensureFirstAdmin,
  listUsers,
  setPassword,
} from './accounts.js';
export type { NewAccount } from './accounts.js';
export { createSetupLink } from './setup.js';

/** Log-in, log-out, set-up and one's own account. */
export function userRoutes(deps: LoginRoutesDeps & SetupRoutesDeps & AccountRoutesDeps): Router {
  const router = Router();
  router.use(loginRoutes(deps));
  router.use(setupRoutes(deps));
  router.use(accountRoutes(deps));
  return router;
}
