import type { SafeHtml } from '#src/platform/markdown/index.js';

/** A person, or the site where a post has none. All addresses in these types are absolute. */
export interface FeedAuthor {
  name: string;
  url: string;
}

/** A picture at the head of a post. */
export interface FeedPicture {
  url: string;
  mime: string;
  bytes: number;
}

/** A tag or category. */
export interface FeedTopic {
  /** Slug: what programs compare. */
  term: string;
  name: string;
  url: string;
}

/** A post as feeds show it. */
export interface FeedPost {
  /** Stays the same when slug and title change: a `tag:` URI (RFC 4151). */
  id: string;
  url: string;
  title: string;
  /** Plain text. */
  summary: string;
  html: SafeHtml;
  language: string;
  publishedAt: Date;
  updatedAt: Date;
  author: FeedAuthor | null;
  topics: FeedTopic[];
  cover: FeedPicture | null;
}

/** A feed in any format. */
export interface FeedDocument {
  id: string;
  title: string;
  description: string;
  language: string;
  /** The page that shows the same. */
  pageUrl: string;
  selfUrl: string;
  /** The next older page of the feed (RFC 5005, 3), the next newer one. */
  nextUrl: string | null;
  previousUrl: string | null;
  updatedAt: Date;
  site: FeedAuthor;
  posts: FeedPost[];
}

/** The formats, by the file name that ends a feed's address. */
export const feedFormats = {
  'feed.xml': 'application/rss+xml; charset=utf-8',
  'atom.xml': 'application/atom+xml; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
} as const;

/** File name of a feed. */
export type FeedFile = keyof typeof feedFormats;
