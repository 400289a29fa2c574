import { LINK_PROTOCOLS } from './allow-list.js';
import type { Translate } from '../i18n.js';
import { textOf, type HtmlElement, type HtmlNode } from './tree.js';
import type { RenderMedia } from './types.js';

/** What links need to know: the site's address and the pictures it has. */
export interface LinkContext {
  baseUrl: URL;
  media: (id: number) => RenderMedia | undefined;
  mediaIds: Set<number>;
}

const KEPT_REL: ReadonlySet<string> = new Set(['license', 'me', 'nofollow', 'sponsored', 'ugc']);

/** Ids that footnotes have; every other id of an author's HTML gets the prefix `u-`. */
const FOOTNOTE_ID = /^(?:fn-\d+|fnref-\d+(?:-\d+)?)$/;
const HEADING_ID = /^h-/;

function prefixedId(id: string): string {
  return FOOTNOTE_ID.test(id)
    ? id
    : `u-${id.replace(/[^\p{L}\p{N}\p{M}_.:-]/gu, '-').slice(0, 80)}`;
}

/**
 * Prefixes an id that came with the text (or the `name` of an old anchor), so that it cannot stand
 * in for a property of `document`; the second of two equal ids goes.
 */
export function keepId(node: HtmlElement, usedIds: Set<string>): void {
  const { attributes } = node;
  const given = attributes.id ?? (node.name === 'a' ? attributes.name : undefined) ?? '';
  delete attributes.name;
  delete attributes.id;
  if (given === '') return;
  const id = prefixedId(given);
  if (!usedIds.has(id)) attributes.id = id;
  usedIds.add(id);
}

/** The id in an address `/media/<id>`, local or with the site's own origin; otherwise undefined. */
export function mediaIdOf(address: string, baseUrl?: URL): number | undefined {
  const local = baseUrl === undefined ? address : localAddress(address, baseUrl);
  const digits = /^\/media\/(\d{1,9})(?:[?#].*)?$/.exec(local.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A parsed address, or null where it is none. (`URL.parse` is missing in older Node 20.) */
export function parseUrl(address: string, base?: URL | string): URL | null {
  return URL.canParse(address, base) ? new URL(address, base) : null;
}

/** An address on the site's own origin as a path; any other as it is. */
export function localAddress(address: string, baseUrl: URL): string {
  if (!/^(?:https?:)?\/\//i.test(address.trim())) return address;
  const url = parseUrl(address.trim(), baseUrl);
  if (url?.host !== baseUrl.host || url.username !== '') return address;
  return `${url.pathname}${url.search}${url.hash}`.replace(/^\/\/+/, '/');
}

/** Control characters and spaces that browsers ignore inside a protocol name. */
const IGNORED = /[\p{Cc}\u00a0\u2028\u2029\ufeff]|^\s+|\s+$/gu;

/**
 * An address that a link may have, cleaned: http(s), mailto, tel, or local; undefined for any other
 * (`javascript:`, `data:` …). `//host` becomes https.
 */
export function safeLink(address: string): string | undefined {
  const cleaned = address.replace(IGNORED, '').replace(/^[/\\]{2,}/, 'https://');
  if (cleaned === '') return undefined;
  const protocol = /^([^/?#]*?):/.exec(cleaned)?.[1];
  if (protocol === undefined) return cleaned;
  return LINK_PROTOCOLS.includes(protocol.toLowerCase()) ? cleaned : undefined;
}

/** Whether an address leaves the site. */
export function isExternal(address: string): boolean {
  return /^https?:/i.test(address);
}

function relOf(given: string | undefined, external: boolean): string {
  const kept = (given ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => KEPT_REL.has(word));
  return [...new Set(external ? [...kept, 'noopener'] : kept)].join(' ');
}

function rewriteFragment(href: string): string {
  const id = href.slice(1);
  return FOOTNOTE_ID.test(id) || HEADING_ID.test(id) || id === '' ? href : `#${prefixedId(id)}`;
}

/** Cleans the address of a link, resolves `/media/<id>`, and sets `rel`. */
export function rewriteLink(node: HtmlElement, ctx: LinkContext): void {
  const { attributes } = node;
  const safe = safeLink(attributes.href ?? '');
  delete attributes.target;
  delete attributes['data-embed'];
  delete attributes['data-embed-src'];
  if (safe === undefined) {
    delete attributes.href;
    delete attributes.rel;
    return;
  }
  const mediaId = mediaIdOf(safe, ctx.baseUrl);
  if (mediaId !== undefined) ctx.mediaIds.add(mediaId);
  const media = mediaId === undefined ? undefined : ctx.media(mediaId);
  const local = media?.src ?? localAddress(safe, ctx.baseUrl);
  attributes.href = local.startsWith('#') ? rewriteFragment(local) : local;
  const rel = relOf(attributes.rel, media === undefined && isExternal(local));
  if (rel === '') delete attributes.rel;
  else attributes.rel = rel;
}

function imagesIn(node: HtmlElement): HtmlElement[] {
  if (node.name === 'img') return [node];
  return node.children.flatMap((child) => (child.kind === 'element' ? imagesIn(child) : []));
}

/**
 * A link needs a name (WCAG 2.4.4): one that holds only a picture without words gets some, one that
 * holds nothing goes, or stays as the place that its id marks.
 */
export function nameLink(node: HtmlElement, t: Translate): HtmlNode[] {
  const { attributes } = node;
  if (attributes.href === undefined || attributes['aria-label']) return [node];
  const images = imagesIn(node);
  const isNamed = [textOf(node), ...images.map((image) => image.attributes.alt ?? '')].some(
    (text) => text.trim() !== '',
  );
  if (isNamed) return [node];
  if (images[0]) {
    images[0].attributes.alt = t('markdown.linkedPicture');
    return [node];
  }
  if (attributes.id === undefined) return [];
  node.attributes = { id: attributes.id };
  return [node];
}
