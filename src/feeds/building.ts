import {
  authorPath,
  findFeedDetails,
  listVisiblePosts,
  postPath,
  type ListScope,
  type PostSummary,
} from '#src/blog/index.js';
import { publicUrl } from '#src/media/index.js';
import type { Db } from '#src/platform/db.js';
import type { Catalogue } from '#src/platform/i18n.js';
import { absoluteHtml, storedHtml } from '#src/platform/markdown/index.js';
import type { PageRequest } from '#src/platform/pagination.js';
import { dateFormatter, type Settings } from '#src/site/index.js';
import { categoryPath, tagPath } from '#src/tags/index.js';
import type { FeedDocument, FeedFile, FeedPicture, FeedPost, FeedTopic } from './document.js';

/** Posts on one page of a feed. */
export const FEED_LENGTH = 20;

/** What building a feed needs. */
export interface FeedDeps {
  db: Db;
  now: () => Date;
  config: { baseUrl: string };
  catalogue: Catalogue;
}

/** Which feed is asked for. */
export interface FeedRequest {
  scope: ListScope;
  /** Name of the tag, category or author; empty for the whole site. */
  name: string;
  /** Path of the page that shows the same posts. */
  pagePath: string;
  file: FeedFile;
  page: PageRequest;
}

type Details = Awaited<ReturnType<typeof findFeedDetails>>[number];

function topicsOf(baseUrl: string, details: Details): FeedTopic[] {
  return [
    ...details.categories.map(({ category: { name, slug } }) => ({
      term: slug,
      name,
      url: baseUrl + categoryPath(slug),
    })),
    ...details.tags.map(({ tag: { name, slug } }) => ({
      term: slug,
      name,
      url: baseUrl + tagPath(slug),
    })),
  ];
}

function coverOf(baseUrl: string, { cover }: Details): FeedPicture | null {
  if (!cover || cover.state !== 'ready') return null;
  return {
    url: new URL(publicUrl(cover.key), baseUrl).href,
    mime: cover.mime,
    bytes: cover.bytes,
  };
}

/** A `tag:` URI (RFC 4151): the host, the day on which the post was begun, its number. */
function idOf(baseUrl: string, details: Details): string {
  const day = details.createdAt.toISOString().slice(0, 10);
  return `tag:${new URL(baseUrl).hostname},${day}:post/${String(details.id)}`;
}

/** A post without a title is called by its date, in the site's language. */
function titleOf(deps: FeedDeps, settings: Settings, post: PostSummary): string {
  if (post.title.trim() !== '') return post.title;
  const date = dateFormatter(settings.language, settings.timeZone)(post.publishedAt);
  return deps.catalogue.translator(settings.language)('posts.untitledOf', { date });
}

function feedPost(
  deps: FeedDeps,
  settings: Settings,
  post: PostSummary,
  details: Details,
): FeedPost {
  const { baseUrl } = deps.config;
  const url = baseUrl + postPath(post);
  const { authorUsername, authorName } = post;
  return {
    id: idOf(baseUrl, details),
    url,
    title: titleOf(deps, settings, post),
    summary: post.excerpt,
    html: absoluteHtml(storedHtml(details.html), url),
    language: post.language,
    publishedAt: post.publishedAt,
    // One that was written long before its day came is new on that day.
    updatedAt: details.updatedAt > post.publishedAt ? details.updatedAt : post.publishedAt,
    author:
      authorUsername === null
        ? null
        : { name: authorName || authorUsername, url: baseUrl + authorPath(authorUsername) },
    topics: topicsOf(baseUrl, details),
    cover: coverOf(baseUrl, details),
  };
}

function pageUrls(deps: FeedDeps, request: FeedRequest) {
  const { baseUrl } = deps.config;
  const base = `${baseUrl}${request.pagePath.replace(/\/$/, '')}/${request.file}`;
  return {
    page: baseUrl + request.pagePath,
    feed: base,
    at: (key: 'before' | 'after', cursor: string | null) =>
      cursor === null ? null : `${base}?${key}=${cursor}`,
  };
}

/** Reads the posts of one page of a feed and puts them into the shape that every format starts from. */
export async function buildFeed(
  deps: FeedDeps,
  settings: Settings,
  request: FeedRequest,
  selfQuery: string,
): Promise<FeedDocument> {
  const list = await listVisiblePosts(deps.db, request.scope, request.page, deps.now());
  const ids = list.items.map((post) => post.id);
  const rows = await findFeedDetails(deps.db, ids);
  const details = new Map(rows.map((row) => [row.id, row]));
  const posts = list.items.flatMap((post) => {
    const more = details.get(post.id);
    return more ? [feedPost(deps, settings, post, more)] : [];
  });
  const urls = pageUrls(deps, request);
  const newest = Math.max(0, ...posts.map((post) => post.updatedAt.getTime()));
  return {
    id: urls.page,
    title: request.name === '' ? settings.title : `${request.name} · ${settings.title}`,
    description: settings.description,
    language: settings.language,
    pageUrl: urls.page,
    selfUrl: urls.feed + selfQuery,
    nextUrl: urls.at('before', list.older),
    previousUrl: urls.at('after', list.newer),
    updatedAt: new Date(newest),
    site: { name: settings.title, url: `${deps.config.baseUrl}/` },
    posts,
  };
}
