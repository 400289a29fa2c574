import { Router } from 'express';
import { databaseAnswers } from './queries.js';
import type { Db } from '#src/platform/db.js';

interface Deps {
  db: Db;
  storage: { check(): Promise<void> };
}

// Whoever asks (a load balancer, an orchestrator) waits a few seconds at most, in milliseconds.
const patience = 2_000;

/** Rejects when `work` has not ended in time; then nobody waits for it any more. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time.')), patience);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** `/healthz`: the process is alive. `/readyz`: database and storage answer (503 where they do not). */
export function healthRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const [database, storage] = await Promise.allSettled([
      inTime(databaseAnswers(deps.db)),
      inTime(deps.storage.check()),
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
