import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Database } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { localPathOr, redirectTo } from '#src/platform/http.js';
import { parse } from '#src/platform/validate.js';
import { requireRole } from '#src/users/index.js';
import { autosaveBody, keepAutosave } from './autosave.js';
import { removeAutosave } from './autosave.queries.js';
import { viewerFrom } from './editor.admin.routes.js';

function keyFrom(req: Request): string {
  const key = z.uuid().safeParse(req.params.key);
  if (!key.success) throw new NotFoundError();
  return key.data;
}

/** Keeping what is typed, and throwing it away. */
export function autosaveRoutes(deps: { db: Database; now: () => Date }): Router {
  const router = Router();
  const author = requireRole('author');
  router.put('/admin/autosaves/:key', author, async (req, res) => {
    const { at } = await keepAutosave(
      deps,
      viewerFrom(req),
      keyFrom(req),
      parse(autosaveBody, req.body),
    );
    res.json({ at: at.toISOString() });
  });
  router.post('/admin/autosaves/:key/deletion', author, async (req, res) => {
    await removeAutosave(deps.db, viewerFrom(req).id, keyFrom(req));
    setFlash(res, { kind: 'note', key: 'flash.autosave.discarded' });
    const { returnTo } = (req.body ?? {}) as { returnTo?: unknown };
    redirectTo(res, localPathOr(returnTo, '/admin'));
  });
  return router;
}
