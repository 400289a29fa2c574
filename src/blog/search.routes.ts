import { Router, type Request, type Response } from 'express';
import { pageRequest } from '#src/platform/pagination.js';
import { listTopCategories } from '#src/tags/index.js';
import type { ReadingDeps } from './reading.js';
import { cleanSearch, search } from './search.js';
import { renderSearchPage } from './search.views.js';

const TOPICS = 12;

async function showSearch(deps: ReadingDeps, req: Request, res: Response): Promise<void> {
  const asked = req.query.q;
  const text = cleanSearch(Array.isArray(asked) ? asked[0] : asked);
  const { before } = pageRequest({ before: req.query.before }, 1);
  const found = await search(deps.db, text, before, deps.now());
  const lost = text === '' || found.hits.length === 0;
  renderSearchPage(res, {
    text,
    later: before !== undefined,
    found,
    topics: lost ? await listTopCategories(deps.db, TOPICS) : [],
  });
}

/** Search in posts and pages. */
export function searchRoutes(deps: ReadingDeps): Router {
  const router = Router();
  router.get('/search', (req, res) => showSearch(deps, req, res));
  return router;
}
