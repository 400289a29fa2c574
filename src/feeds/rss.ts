import type { FeedDocument, FeedPost } from './document.js';
import { cdata, empty, leaf, nothing, parent, xmlDocument, type Xml } from './xml.js';

function link(rel: string, url: string | null): Xml {
  const type = 'application/rss+xml';
  return url === null ? nothing : empty('atom:link', { rel, href: url, type });
}

// RFC 822 dates with four digits in the year, as RSS asks for.
function date(name: string, value: Date): Xml {
  return leaf(name, value.toUTCString());
}

function item(post: FeedPost): Xml {
  const { cover } = post;
  return parent('item', {}, [
    leaf('title', post.title),
    leaf('link', post.url),
    leaf('guid', post.id, { isPermaLink: 'false' }),
    date('pubDate', post.publishedAt),
    post.author ? leaf('dc:creator', post.author.name) : nothing,
    leaf('dc:language', post.language),
    ...post.topics.map((topic) => leaf('category', topic.name)),
    leaf('description', post.summary),
    cdata('content:encoded', post.html),
    cover ? empty('enclosure', { url: cover.url, length: cover.bytes, type: cover.mime }) : nothing,
  ]);
}

/** RSS 2.0 with the content module (whole posts), Dublin Core (authors, languages) and Atom links. */
export function writeRss(feed: FeedDocument): string {
  const namespaces = {
    version: '2.0',
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  };
  const channel = parent('channel', {}, [
    leaf('title', feed.title),
    leaf('link', feed.pageUrl),
    link('self', feed.selfUrl),
    link('next', feed.nextUrl),
    link('previous', feed.previousUrl),
    leaf('description', feed.description || feed.title),
    leaf('language', feed.language),
    date('lastBuildDate', feed.updatedAt),
    leaf('generator', 'Billet'),
    ...feed.posts.map(item),
  ]);
  return xmlDocument(parent('rss', namespaces, [channel]));
}
