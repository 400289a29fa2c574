import { encodeSlug } from '#src/platform/slug.js';

/** Path of a category's page. */
export function categoryPath(slug: string): string {
  return `/categories/${encodeSlug(slug)}`;
}

/** Path of a tag's page. */
export function tagPath(slug: string): string {
  return `/tags/${encodeSlug(slug)}`;
}
