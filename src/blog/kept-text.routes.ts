import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { asAppError } from '#src/platform/db.js';
import {
  AppError,
  ConflictError,
  NotFoundError,
  StorageFullError,
  UnavailableError,
} from '#src/platform/errors.js';
import { wantsJson } from '#src/platform/http.js';
import type { Logger } from '#src/platform/logger.js';
import { viewerOf } from '#src/users/index.js';
import { renderNotSaved, renderSessionEnded, type NotSavedReason } from './admin.views.js';
import { beforeForm, receivePostForm } from './post-form.routes.js';
import { typedValues } from './post-form.schema.js';

/** Seconds after which a form that could not be saved may be sent again. */
const RETRY_AFTER = 10;

/** Where the form of a new or an existing post or page is sent; its group: where that of a new one is. */
const FORM_ADDRESS = /^(\/admin\/(?:posts|pages))(?:\/\d+)?$/;

/** What was typed, as the hidden fields of a page that sends it again. */
function typedFields(req: Request): { fields: [name: string, value: string][]; body: string } {
  const sent = (req.body ?? {}) as Record<string, unknown>;
  const status = sent.intent === 'publish' ? 'published' : sent.status;
  const { categoryIds, commentsOpen, sticky, ...texts } = typedValues.parse({ ...sent, status });
  const fields: [string, string][] = Object.entries(texts).map(([name, value]) => [
    name,
    String(value),
  ]);
  for (const id of categoryIds) fields.push(['categoryIds', id]);
  if (commentsOpen) fields.push(['commentsOpen', '1']);
  if (sticky) fields.push(['sticky', '1']);
  for (const name of ['autosaveKey', 'mergedWith']) {
    const value = sent[name];
    if (typeof value === 'string') fields.push([name, value]);
  }
  return { fields, body: texts.body };
}

/**
 * For someone whose session has ended while they wrote: nothing is thrown away, the page holds what
 * they sent, to be sent again after logging in.
 */
export function keepTextWithoutSession(): RequestHandler {
  return (req, res, next) => {
    if (viewerOf(req)) next();
    else renderSessionEnded(res, { action: req.originalUrl, ...typedFields(req) });
  };
}

/** Why a form was not saved, or null where its own page says so, or where no text was read. */
function reasonOf(error: unknown): { why: NotSavedReason; status: number } | null {
  if (error instanceof UnavailableError) return { why: 'away', status: 503 };
  if (error instanceof StorageFullError) return { why: 'storage', status: 503 };
  if (error instanceof NotFoundError) return { why: 'gone', status: 404 };
  if (error instanceof ConflictError) return { why: 'other', status: 409 };
  if (error instanceof AppError || isOfReading(error)) return null;
  // What the system says of a file names its call.
  if (error instanceof Error && 'syscall' in error) return { why: 'storage', status: 503 };
  return { why: 'other', status: 500 };
}

/** True for what Express says of a request that it could not read. */
function isOfReading(error: unknown): boolean {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' && status < 500;
}

/**
 * For the form of a post or page that fails otherwise than by what it says: a page that holds all of
 * it, to be sent again. It asks the database nothing.
 */
export function keepTextOfFailure(deps: { log: Logger }): ErrorRequestHandler {
  const read: RequestHandler[] = [beforeForm((_req, _res, next) => next()), receivePostForm()];
  return (thrown: unknown, req, res, next) => {
    const base = FORM_ADDRESS.exec(req.path)?.[1];
    const reason = reasonOf(asAppError(thrown));
    const isForm = req.method === 'POST' && base !== undefined && !wantsJson(req);
    if (!isForm || !reason || res.headersSent) {
      next(thrown);
      return;
    }
    const answer = () => {
      const id = randomBytes(6).toString('hex');
      const { method, path } = req;
      if (reason.status >= 500) deps.log.error({ err: thrown, id, method, path }, 'form not saved');
      if (reason.status === 503) res.set('Retry-After', String(RETRY_AFTER));
      res.set('Cache-Control', 'no-store');
      const { fields, body } = typedFields(req);
      const isGone = reason.why === 'gone';
      renderNotSaved(res, {
        ...reason,
        id: reason.status >= 500 ? id : null,
        action: isGone ? base : req.originalUrl,
        fields: fields.map(([name, value]) => [name, isGone && name === 'version' ? '0' : value]),
        body,
      });
    };
    // What failed before the form was reached has left it unread.
    if (req.body !== undefined) answer();
    else readThen(read, req, res, (error) => (error ? next(thrown) : answer()));
  };
}

function readThen(
  [before, receive]: RequestHandler[],
  req: Request,
  res: Parameters<RequestHandler>[1],
  done: (error?: unknown) => void,
): void {
  try {
    void before?.(req, res, () => void receive?.(req, res, done));
  } catch (error) {
    done(error);
  }
}
