import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { SitemapIndexStream, SitemapStream } from 'sitemap';
import {
  authorPath,
  fingerprintSitemapPart,
  listSitemapParts,
  listSitemapRows,
  postPath,
  type SitemapKind,
} from '#src/blog/index.js';
import { answeredByCopy, entityTag } from '#src/platform/conditional.js';
import type { Db } from '#src/platform/db.js';
import { categoryPath, tagPath } from '#src/tags/index.js';

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

async function sendIndex(deps: SitemapDeps, req: Request, res: Response): Promise<void> {
  const { baseUrl } = deps.config;
  const size = deps.partSize ?? PART_SIZE;
  const parts = await Promise.all(
    kinds.map((kind) => listSitemapParts(deps.db, kind, size, deps.now())),
  );
  const entries = kinds.flatMap((kind, index) =>
    (parts[index] ?? []).map(({ number, modified }) => ({
      url: `${baseUrl}/sitemaps/${kind}-${String(number)}.xml`,
      lastmod: modified.toISOString(),
    })),
  );
  entries.unshift({ url: `${baseUrl}/sitemaps/site-1.xml`, lastmod: '' });
  if (answeredByCopy(req, res, { etag: entityTag(JSON.stringify(entries)) })) return;
  await sendXml(req, res, entries, new SitemapIndexStream());
}

async function sendXml(
  req: Request,
  res: Response,
  entries: Iterable<object> | AsyncIterable<object>,
  writer: SitemapStream | SitemapIndexStream,
): Promise<void> {
  res.set('Content-Type', XML);
  if (req.method === 'HEAD') res.end();
  else await pipeline(Readable.from(entries), writer, res);
}

function urlWriter(baseUrl: string): SitemapStream {
  const xmlns = { news: false, xhtml: false, image: false, video: false };
  return new SitemapStream({ hostname: baseUrl, xmlns });
}

async function* entriesOf(
  deps: SitemapDeps,
  kind: SitemapKind,
  part: { number: number; size: number },
) {
  let after = 0;
  for (;;) {
    const rows = await listSitemapRows(deps.db, kind, { ...part, after, limit: BATCH }, deps.now());
    for (const row of rows) {
      yield {
        url: deps.config.baseUrl + paths[kind](row.name),
        lastmod: row.modified.toISOString(),
      };
    }
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < BATCH) return;
  }
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
  if (req.params.file === 'site-1.xml') {
    const entries = fixedPaths.map((path) => ({ url: deps.config.baseUrl + path }));
    if (answeredByCopy(req, res, { etag: entityTag(JSON.stringify(entries)) })) return;
    await sendXml(req, res, entries, urlWriter(deps.config.baseUrl));
    return;
  }
  // Ids are 32-bit: a part beyond them has nothing in it.
  const exists = kind !== undefined && part.number * part.size <= 2_147_483_647 + part.size;
  const state = exists ? await fingerprintSitemapPart(deps.db, kind, part, deps.now()) : null;
  if (!state || kind === undefined) {
    next();
    return;
  }
  const etag = entityTag(kind, part.number, state.hash, deps.config.baseUrl);
  if (answeredByCopy(req, res, { etag, lastModified: state.modified })) return;
  await sendXml(req, res, entriesOf(deps, kind, part), urlWriter(deps.config.baseUrl));
}

/** `/sitemap.xml`, an index, and the files that it lists (sitemaps.org protocol). */
export function sitemapRoutes(deps: SitemapDeps): Router {
  const router = Router();
  router.get('/sitemap.xml', (req, res) => sendIndex(deps, req, res));
  router.get('/sitemaps/:file', (req, res, next) => sendPart(deps, req, res, next));
  return router;
}
