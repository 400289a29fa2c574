import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Answers smaller than this many bytes are sent as they are: one packet carries them anyway. */
const THRESHOLD = 1024;

/**
 * Compresses pages on their way out (brotli at a level made for live answers, or gzip). An answer that
 * was compressed has other bytes than the one its strong entity tag was made for, so the tag becomes
 * weak (RFC 9110, 8.8.3.3); a 304 repeats the tag the browser has.
 */
export function compressPages(): RequestHandler {
  const compress = compression({
    threshold: THRESHOLD,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  return (req, res, next) => {
    // compression() wraps what is here now, so this runs after it has chosen an encoding.
    const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => typeof res;
    res.writeHead = (...args: unknown[]) => {
      const tag = res.getHeader('ETag');
      if (typeof tag === 'string' && tag.startsWith('"')) {
        const known =
          res.statusCode === 304 && (req.headers['if-none-match'] ?? '').includes(`W/${tag}`);
        if (known || res.getHeader('Content-Encoding') !== undefined)
          res.setHeader('ETag', `W/${tag}`);
      }
      return writeHead(...args);
    };
    compress(req, res, next);
  };
}
