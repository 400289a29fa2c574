import type { Request, RequestHandler } from 'express';
import { ForbiddenError } from '#src/platform/errors.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

// `Host` as the client sent it, as a trusted proxy says it was, and as the operator says it is.
function ownHosts(req: Request, baseUrl: string): (string | null | undefined)[] {
  return [req.get('host'), req.host, hostOf(baseUrl)];
}

function isOwn(req: Request, baseUrl: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('origin');
  if (origin === undefined) return true;
  const host = hostOf(origin);
  return host !== null && host !== '' && ownHosts(req, baseUrl).includes(host);
}

/**
 * Stops requests that another site's page makes a browser send, as Go's `CrossOriginProtection`
 * does: unsafe methods need `Sec-Fetch-Site: same-origin` or `none`; where that header is missing
 * (plain HTTP, old browsers) the Origin's host must be ours; where both are missing it is no browser.
 * `exempt` lets through what is meant for machines, by path.
 * @throws {ForbiddenError} for a request from another site.
 */
export function refuseCrossSite(
  config: { baseUrl: string },
  exempt: (path: string) => boolean = () => false,
): RequestHandler {
  return (req, _res, next) => {
    const passes = safeMethods.has(req.method) || exempt(req.path) || isOwn(req, config.baseUrl);
    if (!passes) throw new ForbiddenError('This request came from another site.');
    next();
  };
}
