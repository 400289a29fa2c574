import type { ContentContext, ContentPicture } from './content.types.js';
import {
  classesOf,
  element,
  isElement,
  plainText,
  textNode,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';

/** From this width (CSS pixels) a picture fills the column: a narrower one keeps its width. */
const COLUMN_WIDTH = 600;

/** Collects the pictures of one text, each address once. */
export class PictureList {
  readonly #byUrl = new Map<string, ContentPicture>();

  add(picture: ContentPicture): void {
    const known = this.#byUrl.get(picture.url);
    if (known === undefined) this.#byUrl.set(picture.url, { ...picture });
    else known.alt ||= picture.alt;
  }

  all(): ContentPicture[] {
    return [...this.#byUrl.values()];
  }
}

function attachmentIdOf(node: HtmlElement): string | undefined {
  const fromClass = classesOf(node)
    .find((name) => /^wp-image-\d+$/.test(name))
    ?.slice('wp-image-'.length);
  return fromClass ?? node.attributes['data-id'];
}

/**
 * Points an `<img>` at the full picture. Without an address that can be fetched it leaves its
 * alternative text.
 */
export function rewriteImage(
  node: HtmlElement,
  ctx: ContentContext,
  pictures: PictureList,
): HtmlNode[] {
  const address = (node.attributes.src ?? '').trim() || (node.attributes['data-src'] ?? '').trim();
  const alt = (node.attributes.alt ?? '').replace(/\s+/g, ' ').trim();
  const picture = ctx.picture(address, attachmentIdOf(node));
  if (picture === undefined) return alt === '' ? [] : [textNode(alt)];
  const words = alt || picture.alt;
  pictures.add({ ...picture, alt: words });
  const width = Number(node.attributes.width);
  const attributes: Record<string, string> = { ...node.attributes, src: picture.url, alt: words };
  if (!Number.isInteger(width) || width < 1 || width >= COLUMN_WIDTH) delete attributes.width;
  return [element('img', attributes)];
}

/** The address in `background-image: url(…)`. */
export function backgroundOf(node: HtmlElement): string | undefined {
  return /background(?:-image)?\s*:[^;]*url\(\s*["']?([^"')]+)["']?\s*\)/i.exec(
    node.attributes.style ?? '',
  )?.[1];
}

/** A picture as content, its caption under it. */
export function figureOf(
  picture: ContentPicture,
  caption: string,
  pictures: PictureList,
): HtmlElement {
  pictures.add(picture);
  const image = element('img', { src: picture.url, alt: picture.alt });
  const children: HtmlNode[] = [image];
  if (caption !== '') children.push(element('figcaption', {}, [textNode(plainText(caption))]));
  return element('figure', {}, children);
}

/**
 * A figure with one picture and a caption of plain words, not aligned, is a paragraph with that
 * picture: Markdown's title is its caption. Any other figure is returned as it is.
 */
export function simpleFigure(node: HtmlElement): HtmlElement {
  const inner = node.children.filter((child) => child.kind !== 'text' || child.text.trim() !== '');
  const [first, second] = inner;
  if (!isElement(first) || inner.length > 2 || node.attributes.class !== undefined) return node;
  const image = first.name === 'a' && first.children.length === 1 ? first.children[0] : first;
  if (!isElement(image, 'img')) return node;
  if (second !== undefined) {
    if (!isElement(second, 'figcaption')) return node;
    if (second.children.some((child) => child.kind !== 'text')) return node;
    const caption = textOf(second).replace(/\s+/g, ' ').trim();
    if (caption !== '') image.attributes.title = caption;
  }
  return element('p', {}, [first]);
}
