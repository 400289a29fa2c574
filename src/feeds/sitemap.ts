import { leaf, nothing, parent } from './xml.js';

/** An address and when what stands there changed last; null for what has no such time. */
export interface SitemapEntry {
  path: string;
  modified: Date | null;
}

/** The first lines of a sitemap, or of the index of several (sitemaps.org protocol 0.9). */
export function* sitemapHead(root: 'urlset' | 'sitemapindex'): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?>\n`;
  yield `<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n`;
}

/** The lines of some entries, their addresses made absolute. */
export function writeEntries(
  name: 'url' | 'sitemap',
  baseUrl: string,
  entries: readonly SitemapEntry[],
): string {
  return entries
    .map(({ path, modified }) =>
      parent(name, {}, [
        leaf('loc', baseUrl + path),
        modified ? leaf('lastmod', modified.toISOString()) : nothing,
      ]),
    )
    .map(({ xml }) => xml)
    .join('');
}
