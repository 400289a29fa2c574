import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type NextFunction, type Request, type Response } from 'express';
import {
  authorPath,
  fingerprintSitemapPart,
  listSitemapParts,
  listSitemapRows,
  postPath,
  type SitemapKind,
} from '#src/blog/index.js';
import { answeredByCopy, entityTag, sendWhole } from '#src/platform/conditional.js';
import type { Db } from '#src/platform/db.js';
import { categoryPath, tagPath } from '#src/tags/index.js';
import { sitemapHead, writeEntries, type SitemapEntry } from './sitemap.js';

/** What sitemaps need. */
export interface SitemapDeps {
  db: Db;
  now: () => Date;
  config: { baseUrl: string };
  /** Addresses in one file; the protocol allows 50,000. */
  partSize?: number;
}

const PART_SIZE = 50_000;
/** Rows read at once: a sitemap of any length takes little memory. */
const BATCH = 2_000;
const XML = 'application/xml; charset=utf-8';

const paths: Record<SitemapKind, (name: string) => string> = {
  posts: (slug) => postPath({ slug }),
  pages: (slug) => postPath({ kind: 'page', slug }),
  categories: categoryPath,
  tags: tagPath,
  authors: authorPath,
};

const kinds = Object.keys(paths) as SitemapKind[];

/** Pages that are no rows. */
const fixedPaths = ['/', '/archive'];

/** Sends pieces of XML as they come; each is a batch, so that what lies behind has few writes. */
async function sendXml(
  req: Request,
  res: Response,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  res.set('Content-Type', XML);
  if (req.method === 'HEAD') res.end();
  else await pipeline(Readable.from(pieces), res);
}

async function sendIndex(deps: SitemapDeps, req: Request, res: Response): Promise<void> {
  const size = deps.partSize ?? PART_SIZE;
  const found = await Promise.all(
    kinds.map((kind) => listSitemapParts(deps.db, kind, size, deps.now())),
  );
  const parts = kinds.flatMap((kind, index) =>
    (found[index] ?? []).map(({ number, modified }) => ({
      path: `/sitemaps/${kind}-${String(number)}.xml`,
      modified,
    })),
  );
  const entries: SitemapEntry[] = [{ path: '/sitemaps/site-1.xml', modified: null }, ...parts];
  const body = [
    ...sitemapHead('sitemapindex'),
    writeEntries('sitemap', deps.config.baseUrl, entries),
    '</sitemapindex>\n',
  ];
  if (answeredByCopy(req, res, { etag: entityTag(...body) })) return;
  sendWhole(res, XML, body.join(''));
}

async function* writePart(
  deps: SitemapDeps,
  kind: SitemapKind,
  part: { number: number; size: number },
): AsyncGenerator<string> {
  yield* sitemapHead('urlset');
  let after = 0;
  for (;;) {
    const rows = await listSitemapRows(deps.db, kind, { ...part, after, limit: BATCH }, deps.now());
    const entries = rows.map(({ name, modified }) => ({ path: paths[kind](name), modified }));
    yield writeEntries('url', deps.config.baseUrl, entries);
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < BATCH) break;
  }
  yield '</urlset>\n';
}

function sendFixed(deps: SitemapDeps, req: Request, res: Response): void {
  const entries = fixedPaths.map((path) => ({ path, modified: null }));
  const body = [
    ...sitemapHead('urlset'),
    writeEntries('url', deps.config.baseUrl, entries),
    '</urlset>\n',
  ];
  if (answeredByCopy(req, res, { etag: entityTag(...body) })) return;
  sendWhole(res, XML, body.join(''));
}

async function sendPart(
  deps: SitemapDeps,
  req: Request<{ file: string }>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const match = /^([a-z]+)-([1-9]\d{0,8})\.xml$/.exec(req.params.file);
  const kind = kinds.find((name) => name === match?.[1]);
  const part = { number: Number(match?.[2]), size: deps.partSize ?? PART_SIZE };
  // Ids are 32-bit: a part beyond them has nothing in it.
  const exists = kind !== undefined && part.number * part.size <= 2_147_483_647;
  const state = exists ? await fingerprintSitemapPart(deps.db, kind, part, deps.now()) : null;
  if (!state || kind === undefined) {
    next();
    return;
  }
  const etag = entityTag(kind, part.number, state.hash, deps.config.baseUrl);
  if (answeredByCopy(req, res, { etag, lastModified: state.modified })) return;
  await sendXml(req, res, writePart(deps, kind, part));
}

/** `/sitemap.xml`, an index, and the files that it lists (sitemaps.org protocol). */
export function sitemapRoutes(deps: SitemapDeps): Router {
  const router = Router();
  router.get('/sitemap.xml', (req, res) => sendIndex(deps, req, res));
  router.get('/sitemaps/site-1.xml', (req, res) => {
    sendFixed(deps, req, res);
  });
  router.get('/sitemaps/:file', (req, res, next) => sendPart(deps, req, res, next));
  return router;
}
