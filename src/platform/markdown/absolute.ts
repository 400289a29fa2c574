import { brandAsSafe, type SafeHtml } from './safe-html.js';
import { parseHtml, serializeChildren, type HtmlElement } from './tree.js';

/** Attributes that mean something only on the site's own pages. */
const OF_THE_PAGE: ReadonlySet<string> = new Set(
  'data-embed data-embed-src decoding loading sizes tabindex'.split(' '),
);

function absolute(address: string, base: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(address)) return address;
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}

function makeAbsolute(node: HtmlElement, base: string): void {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).filter(([name]) => !OF_THE_PAGE.has(name)),
  );
  node.attributes = attributes;
  for (const name of ['href', 'src', 'cite']) {
    if (attributes[name] !== undefined) attributes[name] = absolute(attributes[name], base);
  }
  if (attributes.srcset !== undefined) {
    attributes.srcset = attributes.srcset
      .split(/,\s+/)
      .map((candidate) => {
        const [address = '', ...descriptor] = candidate.split(' ');
        return [absolute(address, base), ...descriptor].join(' ');
      })
      .join(', ');
  }
  for (const child of node.children) if (child.kind === 'element') makeAbsolute(child, base);
}

/**
 * Stored HTML for readers elsewhere (feeds, mails): every address absolute, seen from `base`, and
 * without what only a page of the site can use. Adds nothing, so that it stays safe.
 */
export function absoluteHtml(html: SafeHtml, base: string): SafeHtml {
  const root = parseHtml(html);
  makeAbsolute(root, base);
  return brandAsSafe(serializeChildren(root));
}
