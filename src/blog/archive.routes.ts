import { Router, type Request, type Response } from 'express';
import { NotFoundError } from '#src/platform/errors.js';
import { movedStatus, redirectTo } from '#src/platform/http.js';
import { pageRequest } from '#src/platform/pagination.js';
import { listCategories, listTopTags } from '#src/tags/index.js';
import { cursorQuery, monthPath } from './addresses.js';
import { countByMonth } from './archive.queries.js';
import { renderArchivePage, renderMonthPage } from './archive.views.js';
import { siteOf } from './frame.js';
import { listVisiblePosts } from './lists.queries.js';
import type { ReadingDeps } from './reading.js';

const TAGS = 150;
/** What is left of an address when its end is cut off by hand. */
const SHORTENED = [
  ['/posts', '/'],
  ['/categories', '/archive#categories'],
  ['/tags', '/archive#tags'],
] as const;
const YEAR = /^[1-9]\d{3}$/;
const MONTH = /^(0?[1-9]|1[0-2])$/;

function monthFrom(params: Request['params']): { year: number; month: number } {
  const { year, month } = params;
  if (!YEAR.test(String(year)) || !MONTH.test(String(month))) throw new NotFoundError();
  return { year: Number(year), month: Number(month) };
}

async function showMonth(deps: ReadingDeps, req: Request, res: Response): Promise<void> {
  const { year, month } = monthFrom(req.params);
  const { search } = new URL(req.originalUrl, 'http://local');
  if (req.params.month?.length === 1) {
    redirectTo(res, monthPath(year, month) + search, movedStatus(req));
    return;
  }
  const { postsPerPage, timeZone } = siteOf(res);
  const now = deps.now();
  const request = pageRequest(req.query, postsPerPage);
  const scope = { by: 'month', year, month, timeZone } as const;
  const list = await listVisiblePosts(deps.db, scope, request, now);
  if (list.items.length === 0 && cursorQuery(request) === '') throw new NotFoundError();
  const months = await countByMonth(deps.db, timeZone, now);
  renderMonthPage(res, { year, month, months, list, search: cursorQuery(request) });
}

/** The archive: all months, and one. */
export function archiveRoutes(deps: ReadingDeps): Router {
  const router = Router();
  router.get('/archive', async (_req, res) => {
    const [months, categories, tags] = await Promise.all([
      countByMonth(deps.db, siteOf(res).timeZone, deps.now()),
      listCategories(deps.db),
      listTopTags(deps.db, TAGS),
    ]);
    renderArchivePage(res, { months, categories, tags });
  });
  for (const [short, whole] of SHORTENED) {
    router.get(short, (req, res) => redirectTo(res, whole, movedStatus(req)));
  }
  // Nobody links to a year alone, but people shorten addresses by hand.
  router.get('/archive/:year', (req, res) => {
    if (!YEAR.test(req.params.year)) throw new NotFoundError();
    redirectTo(res, `/archive#year-${req.params.year}`, movedStatus(req));
  });
  router.get('/archive/:year/:month', (req, res) => showMonth(deps, req, res));
  return router;
}
