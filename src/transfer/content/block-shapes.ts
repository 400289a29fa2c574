import type { ContentContext } from './content.types.js';
import {
  classesOf,
  element,
  hasClass,
  isElement,
  isEmpty,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';
import { backgroundOf, figureOf, type PictureList } from './pictures.js';

/** Wrappers of the block editor that say nothing of their content. */
const TRANSPARENT =
  /(?:^|\s)wp-block-(?:group|group__inner-container|cover__inner-container|buttons|image|query|social-links|post-template|post-content|freeform|navigation)(?:\s|$)/;

function coverOf(node: HtmlElement, ctx: ContentContext, pictures: PictureList): HtmlNode[] {
  const layers = [node, ...node.children.filter((child) => isElement(child))];
  const address = layers.map(backgroundOf).find((found) => found !== undefined);
  const children = node.children.filter((child) => !isLayer(child));
  const picture = address === undefined ? undefined : ctx.picture(address);
  const cover = element(
    'div',
    { ...node.attributes, class: withName(node, 'wp-block-cover') },
    children,
  );
  if (picture !== undefined) cover.children = [figureOf(picture, '', pictures), ...children];
  return [cover];
}

function withName(node: HtmlElement, name: string): string {
  return [...new Set([name, ...classesOf(node)])].join(' ');
}

/** The colour over a cover's picture, and the element that carries the picture as a background. */
function isLayer(node: HtmlNode): boolean {
  if (!isElement(node)) return false;
  if (
    hasClass(node, 'wp-block-cover__background') ||
    hasClass(node, 'wp-block-cover__gradient-background')
  )
    return true;
  return node.name === 'div' && backgroundOf(node) !== undefined && isEmpty(node.children);
}

/** Galleries were lists once: `<ul><li><figure>`. */
function galleryOf(node: HtmlElement): HtmlNode[] {
  const children = node.children.flatMap((child) => {
    if (!isElement(child, 'ul')) return [child];
    return child.children.flatMap((item) => (isElement(item, 'li') ? item.children : []));
  });
  const isList = node.name === 'ul';
  const figures = isList
    ? node.children.flatMap((item) => (isElement(item, 'li') ? item.children : []))
    : children;
  return [
    element('figure', { ...node.attributes, class: withName(node, 'wp-block-gallery') }, figures),
  ];
}

function fileOf(node: HtmlElement): HtmlNode[] {
  const links = node.children.filter(
    (child) => isElement(child, 'a') && !hasClass(child, 'wp-block-file__button'),
  );
  return links.length === 0 ? node.children : [element('p', {}, links)];
}

/** Keeps a side that the wrapper said for what is in it. */
function unwrapped(node: HtmlElement): HtmlNode[] {
  const side = /\b(?:align(?:left|right|center|wide|full)|has-text-align-(?:center|right))\b/.exec(
    node.attributes.class ?? '',
  )?.[0];
  if (side?.startsWith('has-') === true) return [element('div', { class: side }, node.children)];
  return node.children;
}

/**
 * Blocks of WordPress whose HTML carries layout that is made anew here: what they hold remains.
 * Undefined for any other element.
 */
export function reshapedBlock(
  node: HtmlElement,
  ctx: ContentContext,
  pictures: PictureList,
): HtmlNode[] | undefined {
  const classes = node.attributes.class ?? '';
  if (!classes.includes('wp-block-')) return undefined;
  if (hasClass(node, 'wp-block-spacer')) return [];
  if (hasClass(node, 'wp-block-separator')) return [element('hr')];
  if (/(?:^|\s)wp-block-cover(?:-image)?(?:\s|$)/.test(classes)) {
    return coverOf(node, ctx, pictures);
  }
  if (hasClass(node, 'wp-block-gallery')) return galleryOf(node);
  if (hasClass(node, 'wp-block-file')) return fileOf(node);
  if (hasClass(node, 'wp-block-button')) return [element('p', {}, node.children)];
  if (node.name !== 'figure' && TRANSPARENT.test(classes)) return unwrapped(node);
  return undefined;
}
