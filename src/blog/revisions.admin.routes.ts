import { Router, type Request, type Response } from 'express';
import { NotFoundError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { rowId } from '#src/platform/validate.js';
import { requireRole } from '#src/users/index.js';
import { adminPath } from './admin.views.js';
import { idFrom, viewerFrom } from './editor.admin.routes.js';
import { siteOf } from './frame.js';
import { compareRevisions, readRevisions, restoreRevision } from './revisions.js';
import { renderComparison, renderRevisions } from './revisions.views.js';
import type { SavingDeps } from './saving.js';

type Kind = 'post' | 'page';

function versionOr(value: unknown, fallback: null): number | null {
  const version = rowId.safeParse(value);
  return version.success ? version.data : fallback;
}

async function show(deps: SavingDeps, kind: Kind, req: Request, res: Response): Promise<void> {
  const target = { kind, id: idFrom(req.params.id) };
  const from = versionOr(req.query.from, null);
  const to = versionOr(req.query.to, null);
  if (from !== null && to !== null) {
    renderComparison(res, await compareRevisions(deps.db, viewerFrom(req), target, { from, to }));
    return;
  }
  const before = versionOr(req.query.before, null);
  renderRevisions(res, await readRevisions(deps.db, viewerFrom(req), target, before));
}

async function restore(deps: SavingDeps, kind: Kind, req: Request, res: Response): Promise<void> {
  const target = { kind, id: idFrom(req.params.id) };
  const version = idFrom(req.params.version);
  const { timeZone } = siteOf(res);
  const outcome = await restoreRevision(deps, viewerFrom(req), target, version, timeZone);
  if (outcome.outcome === 'stale') setFlash(res, { kind: 'problem', key: 'flash.revision.stale' });
  else if (!outcome.changed) setFlash(res, { kind: 'note', key: 'flash.revision.same' });
  else setFlash(res, { kind: 'done', key: 'flash.revision.restored', values: { version } });
  redirectTo(res, adminPath(kind, target.id));
}

/** The versions of a post: the list, two of them compared, one of them brought back. */
export function revisionRoutes(deps: SavingDeps, kind: Kind): Router {
  const router = Router();
  const base = `${adminPath(kind)}/:id/revisions`;
  const role = requireRole(kind === 'page' ? 'editor' : 'author');
  router.get(base, role, (req, res) => show(deps, kind, req, res));
  router.post(`${base}/:version/restoration`, role, (req, res) => restore(deps, kind, req, res));
  router.all(`${base}/:version`, role, () => {
    throw new NotFoundError();
  });
  return router;
}
