import type { Request, Response } from 'express';

/**
 * True for an address of this site: one slash, then anything but a second slash or backslash (which
 * browsers read as another host), and no control characters.
 */
export function isLocalPath(target: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(target);
}

/**
 * Sends the browser to a local path: 303 after a form, or the status given.
 * @throws {Error} when the target is not a path of this site (OWASP: unvalidated redirects).
 */
export function redirectTo(
  res: Response,
  target: string,
  status: 301 | 302 | 303 | 308 = 303,
): void {
  if (!isLocalPath(target)) throw new Error('A redirect must go to a path of this site.');
  res.redirect(status, target);
}

/** A path from outside (`returnTo`), or the fallback where it does not stay on this site. */
export function localPathOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value.length <= 2000 && isLocalPath(value) ? value : fallback;
}

/** 301 for reading, 308 for anything else: for an address that has moved for good. */
export function movedStatus(req: Request): 301 | 308 {
  return req.method === 'GET' || req.method === 'HEAD' ? 301 : 308;
}

/** True when the client wants JSON: an address under /api, or a program that asks for it first. */
export function wantsJson(req: Request): boolean {
  return req.path.startsWith('/api/') || req.accepts(['html', 'json']) === 'json';
}
