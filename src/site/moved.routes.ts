import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Database } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import { movedStatus, redirectTo } from '#src/platform/http.js';
import { findMoved } from './redirects.js';

/** Addresses of WordPress without permalinks, all of which are queries of the home page. */
const OLD_QUERY = /[?&](?:p|page_id|attachment_id|cat|tag|author|m|post_type)=/;

/** Answers 301/308 for addresses in the table of redirects that nothing else has answered. */
export function movedAddresses(deps: { db: Database }): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const mayHaveMoved = error instanceof NotFoundError && !res.headersSent;
    const target = mayHaveMoved ? await findMoved(deps.db, req.originalUrl) : null;
    if (target) redirectTo(res, target, movedStatus(req));
    else next(error);
  };
}

/** The same for `/?p=…`, which the home page would answer. */
export function movedQueries(deps: { db: Database }): RequestHandler {
  return async (req, res, next) => {
    const isOldQuery = req.path === '/' && OLD_QUERY.test(req.url);
    const target = isOldQuery ? await findMoved(deps.db, req.originalUrl) : null;
    if (target) redirectTo(res, target, movedStatus(req));
    else next();
  };
}
