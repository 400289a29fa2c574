import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/** What a client compares its copy with. */
export interface Validators {
  /** Strong entity tag, in quotes. */
  etag: string;
  /** Last change; sent without its milliseconds. */
  lastModified?: Date;
}

/** A strong entity tag (RFC 9110, 8.8.3) of everything that an answer depends on. */
export function entityTag(...parts: readonly (string | number | null | undefined)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `"${hash.slice(0, 27)}"`;
}

function matchesAny(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/**
 * True when the client's copy is the present one (RFC 9110, 13.2.2): by `If-None-Match`, and only
 * without that by `If-Modified-Since`. A date must be the very one that we sent: a list can lose its
 * newest entry, and then its last change lies further back.
 */
export function isFresh(req: Request, { etag, lastModified }: Validators): boolean {
  const noneMatch = req.get('If-None-Match');
  if (noneMatch !== undefined) return matchesAny(noneMatch, etag);
  const since = req.get('If-Modified-Since');
  return since !== undefined && since === lastModified?.toUTCString();
}

/**
 * Writes the headers that let a client keep an answer, and answers 304 where it has kept it. Caches
 * must ask before they use theirs. Returns true when nothing is left to send.
 */
export function answeredByCopy(req: Request, res: Response, validators: Validators): boolean {
  res.set('ETag', validators.etag);
  res.set('Cache-Control', 'public, no-cache');
  if (validators.lastModified) res.set('Last-Modified', validators.lastModified.toUTCString());
  if (!isFresh(req, validators)) return false;
  res.status(304).end();
  return true;
}

/**
 * Sends a body after `answeredByCopy` said that there is something to send. (Express's own `send`
 * would compare once more, and take any later date of the client's for a copy.)
 */
export function sendWhole(res: Response, type: string, body: string): void {
  res.set('Content-Type', type);
  res.set('Content-Length', String(Buffer.byteLength(body)));
  res.end(body);
}
