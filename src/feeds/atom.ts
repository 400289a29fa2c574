import type { FeedAuthor, FeedDocument, FeedPost } from './document.js';
import { cdata, empty, leaf, nothing, parent, xmlDocument, type Xml } from './xml.js';

const ATOM = 'application/atom+xml';

function link(rel: string, url: string | null, type: string): Xml {
  return url === null ? nothing : empty('link', { rel, type, href: url });
}

function person({ name, url }: FeedAuthor): Xml {
  return parent('author', {}, [leaf('name', name), leaf('uri', url)]);
}

function entry(post: FeedPost): Xml {
  const { cover } = post;
  return parent('entry', { 'xml:lang': post.language }, [
    leaf('title', post.title, { type: 'text' }),
    link('alternate', post.url, 'text/html'),
    leaf('id', post.id),
    leaf('published', post.publishedAt.toISOString()),
    leaf('updated', post.updatedAt.toISOString()),
    post.author ? person(post.author) : nothing,
    ...post.topics.map(({ term, name, url }) =>
      empty('category', { term, scheme: url.slice(0, url.lastIndexOf('/') + 1), label: name }),
    ),
    cover
      ? empty('link', { rel: 'enclosure', type: cover.mime, length: cover.bytes, href: cover.url })
      : nothing,
    leaf('summary', post.summary, { type: 'text' }),
    cdata('content', post.html, { type: 'html', 'xml:base': post.url }),
  ]);
}

/** Atom 1.0 (RFC 4287), paged as RFC 5005 has it. */
export function writeAtom(feed: FeedDocument): string {
  const attributes = { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.language };
  return xmlDocument(
    parent('feed', attributes, [
      leaf('id', feed.id),
      leaf('title', feed.title, { type: 'text' }),
      feed.description === '' ? nothing : leaf('subtitle', feed.description, { type: 'text' }),
      link('self', feed.selfUrl, ATOM),
      link('alternate', feed.pageUrl, 'text/html'),
      link('next', feed.nextUrl, ATOM),
      link('previous', feed.previousUrl, ATOM),
      leaf('updated', feed.updatedAt.toISOString()),
      leaf('generator', 'Billet'),
      person(feed.site),
      ...feed.posts.map(entry),
    ]),
  );
}
