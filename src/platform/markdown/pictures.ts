import type { Translate } from '../i18n.js';
import { isExternal, localAddress, mediaIdOf, parseUrl, safeLink } from './links.js';
import {
  addClass,
  classesOf,
  element,
  isElement,
  textNode,
  type HtmlElement,
  type HtmlNode,
} from './tree.js';
import type { RenderMedia, RenderMediaVariant } from './types.js';

/** What pictures need to know. */
export interface PictureContext {
  baseUrl: URL;
  t: Translate;
  media: (id: number) => RenderMedia | undefined;
  mediaIds: Set<number>;
  pictureUrls: Set<string>;
}

/** How much room a picture has: the column of text, the whole page, or a cell of a gallery. */
export type Room = 'column' | 'wide' | 'gallery';

/** Where an element stands. */
export interface Place {
  inLink: boolean;
  room: Room;
}

/**
 * Widths as the style sheet sets them, and the width of the window from which on they hold, in rem
 * (which `sizes` counts as 16 pixels); below it, in hundredths of the window.
 */
const ROOMS: Readonly<Record<Room, { from: number; rem: number; narrow: number }>> = {
  column: { from: 42, rem: 38, narrow: 100 },
  wide: { from: 72, rem: 68, narrow: 100 },
  gallery: { from: 42, rem: 13, narrow: 33 },
};

/** Widest picture that a file outside the library may claim to be. */
const WIDEST = 10_000;

/** The room inside an element: a gallery's cells are small, some figures are wider than the text. */
export function roomIn(node: HtmlElement, outside: Room): Room {
  const classes = classesOf(node);
  if (classes.some((name) => /^(?:wp-block-gallery|gallery|blocks-gallery-grid)$/.test(name))) {
    return 'gallery';
  }
  const isWide = classes.some((name) => name === 'alignwide' || name === 'alignfull');
  return isWide && outside === 'column' ? 'wide' : outside;
}

function sizesFor(width: number, room: Room): string {
  const { from, rem, narrow } = ROOMS[room];
  const shown = width < rem * 16 ? `${String(width)}px` : `${String(rem)}rem`;
  return `(min-width: ${String(from)}rem) ${shown}, min(${String(narrow)}vw, ${String(width)}px)`;
}

function srcsetOf(variants: RenderMediaVariant[], ctx: PictureContext): string {
  return variants
    .toSorted((a, b) => a.width - b.width)
    .map((variant) => {
      ctx.pictureUrls.add(variant.src);
      return `${variant.src} ${String(variant.width)}w`;
    })
    .join(', ');
}

/** Width and height in CSS pixels: the author's `width`, in the picture's own proportion. */
function dimensions(media: RenderMedia, wished: string | undefined): [number, number] {
  const width = Number(wished);
  if (!Number.isInteger(width) || width < 1 || width >= media.width) {
    return [media.width, media.height];
  }
  return [width, Math.max(1, Math.round((media.height * width) / media.width))];
}

function mediaPicture(
  node: HtmlElement,
  media: RenderMedia,
  ctx: PictureContext,
  room: Room,
): HtmlElement {
  const [width, height] = dimensions(media, node.attributes.width);
  const sizes = sizesFor(width, roomIn(node, room));
  ctx.pictureUrls.add(media.src);
  const originals = media.variants.filter((variant) => variant.type === 'original');
  const webp = media.variants.filter((variant) => variant.type === 'webp');
  const attributes: Record<string, string> = { src: media.src };
  if (originals.length > 0) {
    const own = originals.some((variant) => variant.width === media.width)
      ? originals
      : [...originals, { src: media.src, width: media.width, type: 'original' as const }];
    attributes.srcset = srcsetOf(own, ctx);
    attributes.sizes = sizes;
  }
  Object.assign(attributes, {
    width: String(width),
    height: String(height),
    alt: node.attributes.alt || media.alt,
    loading: 'lazy',
    decoding: 'async',
  });
  const image = element('img', withClass(attributes, node));
  if (webp.length === 0) return image;
  const source = { srcset: srcsetOf(webp, ctx), sizes, type: 'image/webp' };
  return element('picture', {}, [element('source', source), image]);
}

function withClass(attributes: Record<string, string>, node: HtmlElement): Record<string, string> {
  const classes = classesOf(node);
  const side = /^(?:left|right|center)$/.exec(node.attributes.align?.toLowerCase() ?? '')?.[0];
  if (side !== undefined) classes.push(`align${side}`);
  return classes.length === 0 ? attributes : { ...attributes, class: classes.join(' ') };
}

function fileNameOf(address: string): string {
  const last = parseUrl(address, 'http://local.invalid')?.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/**
 * A picture elsewhere is a link: reading a post asks no third party. One that is a link already keeps
 * where it leads. Both stand where the picture would.
 */
function remotePicture(node: HtmlElement, address: string, inLink: boolean): HtmlNode[] {
  const label = node.attributes.alt?.trim() || fileNameOf(address) || address;
  const aligned = classesOf({ ...node, attributes: withClass({}, node) });
  const classes = [
    'picture',
    ...aligned.filter((name) => /^align(?:left|right|center)$/.test(name)),
  ];
  const attributes = { class: [...new Set(classes)].join(' ') };
  if (inLink) return [element('span', attributes, [textNode(label)])];
  return [element('a', { ...attributes, href: address, rel: 'noopener' }, [textNode(label)])];
}

/** A picture that cannot be shown: its words, or nothing when it has none. */
function missingPicture(node: HtmlElement): HtmlNode[] {
  const alt = node.attributes.alt?.trim() ?? '';
  return alt === '' ? [] : [element('span', { class: 'missing-picture' }, [textNode(alt)])];
}

function localPicture(node: HtmlElement, address: string): HtmlNode[] {
  const attributes: Record<string, string> = { src: address };
  for (const name of ['width', 'height']) {
    const value = Number(node.attributes[name]);
    if (Number.isInteger(value) && value > 0 && value <= WIDEST) attributes[name] = String(value);
  }
  attributes.alt = node.attributes.alt ?? '';
  return [element('img', withClass({ ...attributes, loading: 'lazy', decoding: 'async' }, node))];
}

/**
 * What an `<img>` becomes: a picture of the library with its sizes, a local file as it is, a link to
 * a picture elsewhere, or the words of one that is not there. `title` stays for the caption.
 */
export function pictureOf(node: HtmlElement, ctx: PictureContext, place: Place): HtmlNode[] {
  const address = safeLink(node.attributes.src ?? '');
  if (address === undefined) return missingPicture(node);
  const id = mediaIdOf(address, ctx.baseUrl);
  if (id !== undefined) {
    ctx.mediaIds.add(id);
    const media = ctx.media(id);
    return media === undefined
      ? missingPicture(node)
      : [withTitle(mediaPicture(node, media, ctx, place.room), node)];
  }
  const local = localAddress(address, ctx.baseUrl);
  if (isExternal(local)) return remotePicture(node, local, place.inLink);
  if (/^[a-z][a-z0-9+.-]*:/i.test(local)) return missingPicture(node);
  const [image] = localPicture(node, rooted(local));
  return isElement(image) ? [withTitle(image, node)] : [];
}

/** A relative address as one from the site's root: a post is read at several addresses. */
function rooted(address: string): string {
  const url = parseUrl(address, 'http://local.invalid/');
  return url === null ? '/' : `${url.pathname}${url.search}`;
}

function withTitle(picture: HtmlElement, node: HtmlElement): HtmlElement {
  const title = node.attributes.title?.trim();
  if (title) picture.attributes.title = title;
  return picture;
}

function isPicture(node: HtmlNode | undefined): node is HtmlElement {
  return isElement(node, 'picture') || isElement(node, 'img');
}

/** The class of a float or width moves from the picture to the figure that holds it. */
function moveAlignment(from: HtmlElement, to: HtmlElement): void {
  const image =
    from.name === 'picture' ? from.children.find((child) => isElement(child, 'img')) : from;
  if (!isElement(image)) return;
  for (const name of classesOf(image)) if (/^align|^size-/.test(name)) addClass(to, name);
}

/**
 * A paragraph with nothing but one picture (or one linked picture) is a figure, its title the
 * caption. An empty paragraph goes; any other is returned as it is.
 */
export function figureOfParagraph(paragraph: HtmlElement): HtmlNode[] {
  const inner = paragraph.children.filter(
    (node) => node.kind !== 'text' || node.text.trim() !== '',
  );
  const only = inner[0];
  if (only === undefined) return [];
  if (inner.length !== 1 || !isElement(only)) return [paragraph];
  const picture = only.name === 'a' && only.children.length === 1 ? only.children[0] : only;
  if (!isPicture(picture)) return [paragraph];
  const figure = element('figure', {}, [only]);
  moveAlignment(picture, figure);
  for (const name of classesOf(paragraph)) if (name.startsWith('align')) addClass(figure, name);
  const { title } = picture.attributes;
  delete picture.attributes.title;
  if (title !== undefined) figure.children.push(element('figcaption', {}, [textNode(title)]));
  return [figure];
}
