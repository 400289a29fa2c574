import { formatCursor, type PageRequest } from '#src/platform/pagination.js';
import { encodeSlug } from '#src/platform/slug.js';

/** Path of a post, or of a static page. */
export function postPath(post: { kind?: 'post' | 'page'; slug: string }): string {
  return post.kind === 'page' ? `/${encodeSlug(post.slug)}` : `/posts/${encodeSlug(post.slug)}`;
}

/** Path of an author's page. */
export function authorPath(username: string): string {
  return `/authors/${encodeURIComponent(username)}`;
}

/** Path of a month in the archive. */
export function monthPath(year: number, month: number): string {
  return `/archive/${String(year).padStart(4, '0')}/${String(month).padStart(2, '0')}`;
}

/**
 * True when a path segment is spelt otherwise than we would spell `slug`: another case of letters,
 * needless percent-encoding. The case of hexadecimal digits does not count, so that a proxy which
 * writes them differently cannot make a circle of redirects.
 */
export function isSpeltDifferently(rawPath: string, slug: string): boolean {
  const segment = rawPath.slice(rawPath.lastIndexOf('/') + 1);
  const upper = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
  return upper(segment) !== upper(encodeSlug(slug));
}

/** The query that names a page of a list and nothing else; empty for the first page. */
export function cursorQuery(request: PageRequest): string {
  if (request.before) return `?before=${formatCursor(request.before)}`;
  return request.after ? `?after=${formatCursor(request.after)}` : '';
}
