import { LRUCache } from 'lru-cache';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { authorPath, findAuthor, fingerprintPosts, slugFrom } from '#src/blog/index.js';
import { answeredByCopy, entityTag, sendWhole } from '#src/platform/conditional.js';
import { formatCursor, pageRequest, type PageRequest } from '#src/platform/pagination.js';
import { getSettings } from '#src/site/index.js';
import {
  categoryPath,
  findCategoryBySlug,
  findTagBySlug,
  listCategories,
  tagPath,
  withDescendants,
} from '#src/tags/index.js';
import { writeAtom } from './atom.js';
import { buildFeed, FEED_LENGTH, type FeedDeps, type FeedRequest } from './building.js';
import { feedFormats, type FeedDocument, type FeedFile } from './document.js';
import { writeJsonFeed } from './json-feed.js';
import { writeRss } from './rss.js';

/** Part of every entity tag: rises when the serialisers write something else. */
const FEED_VERSION = 1;

/** Characters of feeds kept in memory; what they are kept by changes with what is in them. */
const CACHE_SIZE = 8_000_000;

type Scope = Pick<FeedRequest, 'scope' | 'name' | 'pagePath'>;
type FindScope = (deps: FeedDeps, slug: unknown) => Promise<Scope | null>;

const writers: Record<FeedFile, (feed: FeedDocument) => string> = {
  'feed.xml': writeRss,
  'atom.xml': writeAtom,
  'feed.json': writeJsonFeed,
};

/** A slug as we write it, whatever the case of letters in the address. */
function normal(slug: unknown): string {
  return slugFrom(slug).normalize('NFC').toLowerCase();
}

const wholeSite: FindScope = () =>
  Promise.resolve({ scope: { by: 'all' }, name: '', pagePath: '/' });

const ofTag: FindScope = async ({ db }, slug) => {
  const tag = await findTagBySlug(db, normal(slug));
  return (
    tag && { scope: { by: 'tag', tagId: tag.id }, name: tag.name, pagePath: tagPath(tag.slug) }
  );
};

const ofCategory: FindScope = async ({ db }, slug) => {
  const category = await findCategoryBySlug(db, normal(slug));
  if (!category) return null;
  const categoryIds = withDescendants(await listCategories(db), category.id);
  const scope = { by: 'category', categoryIds } as const;
  return { scope, name: category.name, pagePath: categoryPath(category.slug) };
};

const ofAuthor: FindScope = async ({ db }, username) => {
  const author = await findAuthor(db, slugFrom(username));
  if (!author) return null;
  const name = author.displayName || author.username;
  const scope = { by: 'author', authorId: author.id } as const;
  return { scope, name, pagePath: authorPath(author.username) };
};

function queryOf(page: PageRequest): string {
  if (page.before) return `?before=${formatCursor(page.before)}`;
  return page.after ? `?after=${formatCursor(page.after)}` : '';
}

async function sendFeed(
  deps: FeedDeps & { cache: LRUCache<string, string> },
  req: Request,
  res: Response,
  request: FeedRequest,
): Promise<void> {
  const [settings, state] = await Promise.all([
    getSettings(deps.db),
    fingerprintPosts(deps.db, request.scope, request.page, deps.now()),
  ]);
  const { title, description, language, timeZone } = settings;
  const shown = [title, description, language, timeZone, request.name, deps.config.baseUrl];
  const query = queryOf(request.page);
  const etag = entityTag(FEED_VERSION, request.file, request.pagePath, query, state.hash, ...shown);
  if (answeredByCopy(req, res, { etag, lastModified: state.changedAt ?? undefined })) return;
  let body = deps.cache.get(etag);
  if (body === undefined) {
    body = writers[request.file](await buildFeed(deps, settings, request, query));
    deps.cache.set(etag, body);
  }
  sendWhole(res, feedFormats[request.file], body);
}

/**
 * RSS, Atom and JSON feeds of the site, of a tag, a category with those below it, and an author:
 * whole posts, 20 to a page. One that does not exist is left to the routes behind.
 */
export function feedRoutes(deps: FeedDeps): Router {
  const router = Router();
  const cache = new LRUCache<string, string>({
    maxSize: CACHE_SIZE,
    sizeCalculation: (body) => body.length + 1,
  });
  const serve = (file: FeedFile, findScope: FindScope) => {
    return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
      const found = await findScope(deps, req.params.slug);
      if (!found) {
        next();
        return;
      }
      const page = pageRequest(req.query, FEED_LENGTH);
      await sendFeed({ ...deps, cache }, req, res, { ...found, file, page });
    };
  };
  for (const file of Object.keys(feedFormats) as FeedFile[]) {
    router.get(`/${file}`, serve(file, wholeSite));
    router.get(`/tags/:slug/${file}`, serve(file, ofTag));
    router.get(`/categories/:slug/${file}`, serve(file, ofCategory));
    router.get(`/authors/:slug/${file}`, serve(file, ofAuthor));
  }
  return router;
}
