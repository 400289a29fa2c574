import { Router, type Request, type Response } from 'express';
import { inTransaction, type Database } from '#src/platform/db.js';
import { InvalidError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { renderSettings } from './admin.views.js';
import { defaultSettings } from './schema.js';
import { getSettings, saveSettings } from './settings.js';

const BASE = '/admin/settings';

function typed(body: unknown): Record<string, string> {
  const fields = (body ?? {}) as Record<string, unknown>;
  const values = Object.keys(defaultSettings).map((name) => {
    const value = fields[name];
    const text = typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : '';
    return [name, text] as const;
  });
  return Object.fromEntries(values);
}

async function save(deps: { db: Database }, req: Request, res: Response): Promise<void> {
  try {
    await inTransaction(deps.db, (tx) => saveSettings(tx, viewerOf(req), req.body));
    setFlash(res, { kind: 'done', key: 'flash.settings.saved' });
    redirectTo(res, BASE);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    renderSettings(res, { values: typed(req.body), problems: error.problems });
  }
}

/** `/admin/settings`: admins only. */
export function settingsAdminRoutes(deps: { db: Database }): Router {
  const router = Router();
  router.use(BASE, requireRole('admin'));
  router.get(BASE, async (_req, res) => {
    const settings = await getSettings(deps.db);
    const shown = Object.entries(settings).map(([name, value]) => [name, String(value)]);
    renderSettings(res, { values: Object.fromEntries(shown), problems: {} });
  });
  router.post(BASE, (req, res) => save(deps, req, res));
  return router;
}
