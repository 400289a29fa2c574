import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import {
  AppError,
  BadRequestError,
  InvalidError,
  NotFoundError,
  TooLargeError,
  TooManyRequestsError,
  UnauthenticatedError,
  UnavailableError,
} from './errors.js';
import { asAppError } from './db.js';
import { redirectTo, wantsJson } from './http.js';
import type { Logger } from './logger.js';
import { renderFragment, renderPage } from './render.js';

/** The end of the road: nothing answered, so there is nothing here. */
export function notFound(): RequestHandler {
  return () => {
    throw new NotFoundError();
  };
}

// Express, body-parser and multer speak of themselves through `status` and `type`.
function fromFramework(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { status, limit } = error as Error & { status?: number; limit?: number };
  if (status === 413) return new TooLargeError(limit ?? 0);
  if (status !== undefined && status >= 400 && status < 500) return new BadRequestError();
  return error;
}

/** One handler for every error: JSON to programs, a page to people; an unknown error is logged with an id. */
export function handleErrors(deps: { log: Logger }): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    if (res.headersSent) {
      next(thrown);
      return;
    }
    const error = fromFramework(asAppError(thrown));
    const known = error instanceof AppError ? error : null;
    const id = known ? undefined : randomBytes(6).toString('hex');
    if (!known)
      deps.log.error({ err: error, id, method: req.method, path: req.path }, 'unexpected error');
    if (known && known.status >= 500)
      deps.log.error({ err: known.cause, method: req.method, path: req.path }, known.message);
    const status = known?.status ?? 500;
    if (error instanceof TooManyRequestsError || error instanceof UnavailableError)
      res.set('Retry-After', String(error.retryAfter));
    res.set('Cache-Control', 'no-store');
    res.status(status);
    if (wantsJson(req)) {
      const problems = error instanceof InvalidError ? error.problems : undefined;
      res.json({
        error: {
          code: known?.code ?? 'internal',
          message: known?.message ?? 'Something failed here.',
          problems,
          id,
        },
      });
      return;
    }
    if (error instanceof UnauthenticatedError && req.method === 'GET') {
      redirectTo(res, `/login?returnTo=${encodeURIComponent(req.originalUrl)}`, 302);
      return;
    }
    renderErrorPage(res, {
      code: known?.code ?? 'internal',
      status,
      id,
      retryAfter: error instanceof TooManyRequestsError ? error.retryAfter : undefined,
      limit: error instanceof TooLargeError ? error.limit : undefined,
      message: known?.message,
    });
  };
}

interface ErrorPage {
  code: string;
  status: number;
  id?: string;
  retryAfter?: number;
  limit?: number;
  message?: string;
}

function renderErrorPage(res: Parameters<typeof renderPage>[0], error: ErrorPage): void {
  const t = res.locals.t as ((key: string) => string) | undefined;
  // An error before the preferences are read (a malformed URL) has no translator.
  if (!t) {
    res
      .type('text')
      .send(error.message ?? `Something failed here. Error ${error.id ?? error.status}.`);
    return;
  }
  // The frame of the site comes from the database: without it there is no layout.
  if (!res.locals.site) {
    res.type('html').send(renderFragment(res, 'errors/frameless', { error }));
    return;
  }
  renderPage(res, 'errors/error', {
    title: t(`errors.${error.code}.title`),
    robots: 'noindex',
    status: error.status,
    error,
  });
}
