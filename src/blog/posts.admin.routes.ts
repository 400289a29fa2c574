import { Router, type Request, type Response } from 'express';
import type { Database } from '#src/platform/db.js';
import { ForbiddenError, NotFoundError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { localPathOr, redirectTo } from '#src/platform/http.js';
import { pageRequest } from '#src/platform/pagination.js';
import { tryParse } from '#src/platform/validate.js';
import { requireRole } from '#src/users/index.js';
import { listFilters, readAdminList } from './admin-list.js';
import { renderAdminList } from './admin-list.views.js';
import { adminPath } from './admin.views.js';
import { changePosts, type BatchAction, type BatchOutcome } from './batch.js';
import { idFrom, viewerFrom } from './editor.admin.routes.js';
import { bulkForm } from './post-form.schema.js';

const PER_PAGE = 30;

interface ListDeps {
  db: Database;
  now: () => Date;
}

type Kind = 'post' | 'page';

async function showList(deps: ListDeps, kind: Kind, req: Request, res: Response): Promise<void> {
  const filters = listFilters.parse({ status: null, ...req.query });
  const request = pageRequest(req.query, PER_PAGE);
  const found = await readAdminList(deps.db, viewerFrom(req), kind, filters, request);
  renderAdminList(res, { ...found, kind, filters, now: deps.now() });
}

function report(res: Response, kind: Kind, action: BatchAction, outcome: BatchOutcome): void {
  const { done, refused } = outcome;
  setFlash(res, {
    kind: done.length > 0 ? 'done' : refused > 0 ? 'problem' : 'note',
    key: done.length > 0 ? `flash.batch.${action}` : 'flash.batch.nothing',
    values: { count: done.length },
    more: refused > 0 ? { key: 'flash.batch.refused', values: { count: refused } } : undefined,
    undo: action === 'trash' && done.length > 0 ? { kind, ids: done } : undefined,
  });
}

async function changeMany(deps: ListDeps, kind: Kind, req: Request, res: Response): Promise<void> {
  const { returnTo } = (req.body ?? {}) as { returnTo?: unknown };
  const back = localPathOr(returnTo, adminPath(kind));
  const form = tryParse(bulkForm, req.body);
  if (!form.ok || form.data.ids.length === 0) {
    setFlash(res, { kind: 'problem', key: 'flash.batch.choose' });
    redirectTo(res, back);
    return;
  }
  const { ids, action } = form.data;
  const outcome = await changePosts(deps, viewerFrom(req), { kind, ids, action });
  if (outcome.refused > 0 && ids.length === 1) throw new ForbiddenError();
  report(res, kind, action, outcome);
  redirectTo(res, back);
}

/** One post brought back from the trash. */
async function restore(deps: ListDeps, kind: Kind, req: Request, res: Response): Promise<void> {
  const id = idFrom(req.params.id);
  const outcome = await changePosts(deps, viewerFrom(req), { kind, ids: [id], action: 'restore' });
  if (outcome.refused > 0) throw new ForbiddenError();
  if (outcome.done.length + outcome.same === 0) throw new NotFoundError();
  report(res, kind, 'restore', outcome);
  redirectTo(res, adminPath(kind, id));
}

/** The list of posts or pages, and what is done with several at once. */
export function postListRoutes(deps: ListDeps, kind: Kind): Router {
  const router = Router();
  const base = adminPath(kind);
  const role = requireRole(kind === 'page' ? 'editor' : 'author');
  router.get(base, role, (req, res) => showList(deps, kind, req, res));
  router.post(`${base}/batch`, role, (req, res) => changeMany(deps, kind, req, res));
  router.post(`${base}/:id/restoration`, role, (req, res) => restore(deps, kind, req, res));
  return router;
}
