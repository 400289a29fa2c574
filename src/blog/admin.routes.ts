import { Router } from 'express';
import { autosaveRoutes } from './autosaves.admin.routes.js';
import { editorRoutes, type EditorDeps } from './editor.admin.routes.js';
import { postListRoutes } from './posts.admin.routes.js';
import { previewRoutes } from './preview.admin.routes.js';
import { revisionRoutes } from './revisions.admin.routes.js';

/** Everything under /admin that writes posts and pages. */
export function blogAdminRoutes(deps: EditorDeps): Router {
  const router = Router();
  router.use(previewRoutes(deps));
  router.use(autosaveRoutes(deps));
  for (const kind of ['post', 'page'] as const) {
    router.use(postListRoutes(deps, kind));
    router.use(revisionRoutes(deps, kind));
    router.use(editorRoutes(deps, kind));
  }
  return router;
}
