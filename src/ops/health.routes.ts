import { Router } from 'express';
import { databaseAnswers } from './queries.js';
import type { Db } from '#src/platform/db.js';

interface Deps {
  db: Db;
  storage: { check(): Promise<void> };
}

/** `/healthz`: the process is alive. `/readyz`: database and storage answer (503 where they do not). */
export function healthRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const [database, storage] = await Promise.allSettled([
      databaseAnswers(deps.db),
      deps.storage.check(),
    ]);
    const checks = {
      database: database.status === 'fulfilled',
      storage: storage.status === 'fulfilled',
    };
    const ready = checks.database && checks.storage;
    res
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', checks });
  });
  return router;
}
