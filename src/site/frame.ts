import type { RequestHandler } from 'express';

/** Puts what every layout shows into `res.locals`. */
export function siteFrame(_deps: unknown): RequestHandler {
  return (_req, _res, next) => next();
}

/** Answers 301/308 for addresses in the table of redirects. */
export function movedAddresses(_deps: unknown): RequestHandler {
  return (_req, _res, next) => next();
}
