import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Now } from '#src/platform/clock.js';
import type { Db } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { countJobs, deleteFailedJob, listJobs, listWorkers, retryJob } from './admin.queries.js';
import { jobId, jobQuery } from './schema.js';
import { renderJobListPage } from './views.js';

const PER_PAGE = 50;

/** What the admin page of jobs needs; who may see it is said from outside this capability. */
export interface JobAdminDeps {
  db: Db;
  now: Now;
  /** Lets admins pass. */
  requireAdmin: RequestHandler;
}

/** `/admin/jobs`: what waits, runs and has failed, and who does it; try again, delete. */
export function jobAdminRoutes(deps: JobAdminDeps): Router {
  const router = Router();
  router.use('/admin/jobs', deps.requireAdmin);
  router.get('/admin/jobs', async (req, res) => {
    const { state, before } = jobQuery.parse(req.query);
    const [found, counts, workers] = await Promise.all([
      listJobs(deps.db, { state, before, limit: PER_PAGE + 1 }),
      countJobs(deps.db),
      listWorkers(deps.db),
    ]);
    const jobs = found.slice(0, PER_PAGE);
    const older = found.length > PER_PAGE ? (jobs.at(-1)?.id ?? null) : null;
    renderJobListPage(res, { jobs, counts, workers, state, older });
  });
  router.post('/admin/jobs/:id/retry', (req, res) =>
    change(req, res, 'jobs.retried', (id) => retryJob(deps.db, id, deps.now())),
  );
  router.post('/admin/jobs/:id/deletion', (req, res) =>
    change(req, res, 'jobs.deleted', (id) => deleteFailedJob(deps.db, id)),
  );
  return router;
}

// A job that is gone or running by now has got what was wanted, or must not be touched.
async function change(
  req: Request,
  res: Response,
  done: string,
  work: (id: string) => Promise<boolean>,
): Promise<void> {
  const id = jobId.safeParse(req.params.id);
  if (!id.success) throw new NotFoundError();
  const changed = await work(id.data);
  setFlash(
    res,
    changed ? { kind: 'done', key: done } : { kind: 'problem', key: 'jobs.notChanged' },
  );
  redirectTo(res, '/admin/jobs');
}
