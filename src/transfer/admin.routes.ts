import { rm } from 'node:fs/promises';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Now } from '#src/platform/clock.js';
import type { Database } from '#src/platform/db.js';
import {
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  type FieldProblems,
} from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { checkbox, rowId, isWellFormed } from '#src/platform/validate.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { retryPictures } from './fetching.js';
import { countPictures, listFailed } from './pictures.queries.js';
import { receiveExport } from './receiving.routes.js';
import { findRun, listRuns, type Run } from './runs.queries.js';
import { removeLeftovers, startImport } from './runs.service.js';
import { progressJson, renderImportPage, renderRunPage } from './views.js';

/** What the import pages need. */
export interface TransferAdminDeps {
  db: Database;
  now: Now;
  config: { dataDir: string };
}

const RUNS_SHOWN = 30;
const FAILED_SHOWN = 200;

/** `/admin/import`: upload an export, watch it come in, read what came and what did not. */
export function transferAdminRoutes(deps: TransferAdminDeps): Router {
  const router = Router();
  const showPage = async (res: Response, problems: FieldProblems = {}): Promise<void> => {
    renderImportPage(res, { runs: await listRuns(deps.db, RUNS_SHOWN), problems });
  };
  const runOf = async (req: Request): Promise<Run> => {
    const id = rowId.safeParse(req.params.id);
    const run = id.success ? await findRun(deps.db, id.data) : null;
    if (run === null) throw new NotFoundError();
    return run;
  };

  router.use('/admin/import', requireRole('admin'));
  router.get('/admin/import', (_req, res) => showPage(res));
  router.post('/admin/import', received(deps.config.dataDir, showPage), async (req, res) => {
    const viewer = viewerOf(req);
    if (viewer === null) throw new UnauthenticatedError();
    if (req.file === undefined || req.file.size === 0) {
      if (req.file !== undefined) await rm(req.file.path, { force: true });
      await showPage(res, { file: { key: 'transfer.problems.none' } });
      return;
    }
    const runId = await startImport(deps, {
      file: req.file.path,
      filename: shownName(req.file.originalname),
      dryRun: checkbox.parse((req.body as Record<string, unknown>).dryRun),
      userId: viewer.id,
      address: req.ip ?? null,
    });
    redirectTo(res, `/admin/import/${String(runId)}`);
    await removeLeftovers(deps.db, deps.config.dataDir).catch(() => undefined);
  });
  router.get('/admin/import/:id', async (req, res) => {
    const run = await runOf(req);
    const pictures = await countPictures(deps.db, run.id);
    const failed = pictures.failed > 0 ? await listFailed(deps.db, run.id, FAILED_SHOWN) : [];
    renderRunPage(res, { run, pictures, failed });
  });
  router.post('/admin/import/:id/pictures', async (req, res) => {
    const viewer = viewerOf(req);
    if (viewer === null) throw new UnauthenticatedError();
    const { id } = await runOf(req);
    const actor = { actorId: viewer.id, address: req.ip ?? null };
    const count = await retryPictures(deps.db, id, actor);
    setFlash(res, { kind: 'note', key: 'flash.import.pictures', values: { count } });
    redirectTo(res, `/admin/import/${String(id)}`);
  });
  router.get('/admin/import/:id/progress', async (req, res) => {
    const run = await runOf(req);
    res.json(progressJson(res, run, await countPictures(deps.db, run.id)));
  });
  return router;
}

function received(
  dataDir: string,
  showPage: (res: Response, problems: FieldProblems) => Promise<void>,
): RequestHandler {
  const receive = receiveExport(dataDir);
  return (req, res, next) => {
    void receive(req, res, (error: unknown) => {
      if (error instanceof InvalidError) showPage(res, error.problems).catch(next);
      else next(error);
    });
  };
}

function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = isWellFormed(last)
    ? last
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 200)
    : '';
  return clean.toWellFormed() || 'export.xml';
}
