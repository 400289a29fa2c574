import type { RequestHandler } from 'express';
import { BadRequestError } from '#src/platform/errors.js';
import { movedStatus, redirectTo } from '#src/platform/http.js';

/** Longest address that is read, in bytes. */
const LONGEST_URL = 8192;

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Refuses addresses that are too long, cannot be decoded, or hold a NUL byte: 400 instead of surprises. */
export function refuseMalformedUrls(): RequestHandler {
  return (req, _res, next) => {
    if (Buffer.byteLength(req.originalUrl) > LONGEST_URL) {
      throw new BadRequestError('This address is too long.');
    }
    if (/%00|\0/.test(req.originalUrl) || !isDecodable(req.path)) {
      throw new BadRequestError('This address cannot be read.');
    }
    next();
  };
}

/** Sends `/posts/` and `//posts` to `/posts`, and never to another host. */
export function withoutTrailingSlash(): RequestHandler {
  return (req, res, next) => {
    const tidy = `/${req.path.split('/').filter(Boolean).join('/')}`.replaceAll('\\', '%5C');
    if (tidy === req.path) return next();
    const query = /\?.*$/s.exec(req.originalUrl)?.[0].replaceAll('\\', '%5C') ?? '';
    redirectTo(res, tidy + query, movedStatus(req));
  };
}
