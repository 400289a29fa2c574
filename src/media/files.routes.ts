import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { Db } from '#src/platform/db.js';
import { redirectTo } from '#src/platform/http.js';
import { readPublicKey } from './keys.js';
import { renderMedia } from './pictures.js';
import { mediaId } from './schema.js';
import type { ByteRange, Storage } from './storage.js';

interface Deps {
  db: Db;
  storage: Storage;
}

const FOREVER = 'public, max-age=31536000, immutable';

/** A minute: `/media/<id>` goes to another file once its smaller copies are made. */
const SHORTLY = 'public, max-age=60';

/**
 * Public pictures: `/media/<ab>/<cd>/<sha256>.<ext>` by content, for ever, with ranges (RFC 9110, 14);
 * `/media/<id>` sends to the file that is shown now. Everything else goes on to the next route.
 */
export function mediaFileRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/media/:a/:b/:file', async (req, res, next) => {
    const { a, b, file } = req.params;
    const key = `${a}/${b}/${file}`;
    const known = readPublicKey(key);
    const size = known && (await deps.storage.size(key));
    if (!known || size === null) {
      next();
      return;
    }
    describeFile(res, known);
    if (req.fresh) {
      res.status(304).end();
      return;
    }
    await sendFile(req, res, { key, size, storage: deps.storage });
  });
  router.get('/media/:id', async (req, res, next) => {
    const id = mediaId.safeParse(req.params.id);
    const picture = id.success && (await renderMedia(deps.db, [id.data])).get(id.data);
    if (!picture) {
      next();
      return;
    }
    res.set('Cache-Control', SHORTLY);
    redirectTo(res, picture.src, 302);
  });
  return router;
}

function describeFile(res: Response, { hash, mime }: { hash: string; mime: string }): void {
  res.set({
    'Content-Type': mime,
    'Cache-Control': FOREVER,
    ETag: `"${hash}"`,
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    // Feed readers show our pictures on pages of their own.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
}

async function sendFile(
  req: Request,
  res: Response,
  { key, size, storage }: { key: string; size: number; storage: Storage },
): Promise<void> {
  const range = rangeOf(req, res, size);
  if (range === 'unsatisfiable') {
    res.removeHeader('Content-Type');
    res.set({ 'Content-Range': `bytes */${size}`, 'Cache-Control': 'no-store' });
    res.status(416).end();
    return;
  }
  if (range) res.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  res.set('Content-Length', String(range ? range.end - range.start + 1 : size));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const content = await storage.read(key, range);
  // The other side going away in the middle is nothing that anybody need know.
  await pipeline(content, res).catch(() => undefined);
}

/** The one range that was asked for; several at once, or one of an older file, give the whole. */
function rangeOf(req: Request, res: Response, size: number): ByteRange | 'unsatisfiable' | undefined {
  const condition = req.get('If-Range');
  if (condition !== undefined && condition !== res.get('ETag')) return undefined;
  const ranges = req.range(size);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return undefined;
  const [only, second] = ranges;
  return second ? undefined : only;
}
