import { cleanAttributes } from './attributes.js';
import { reshapedBlock } from './block-shapes.js';
import type { ContentContext } from './content.types.js';
import {
  element,
  isBlock,
  isElement,
  isEmpty,
  isMore,
  isVoid,
  textNode,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';
import { rewriteImage, simpleFigure, type PictureList } from './pictures.js';

const MODERN: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  article: 'div',
  b: 'strong',
  big: 'span',
  center: 'div',
  dir: 'ul',
  font: 'span',
  footer: 'div',
  header: 'div',
  hgroup: 'div',
  i: 'em',
  main: 'div',
  menu: 'ul',
  nav: 'div',
  strike: 'del',
  s: 'del',
  tt: 'code',
};

const SCRIPTS: ReadonlySet<string> = new Set(
  'script style link meta base template noscript svg math canvas applet map area'.split(' '),
);
const FORMS: ReadonlySet<string> = new Set(
  'form input button select textarea fieldset option optgroup datalist output progress meter'.split(
    ' ',
  ),
);
const FRAMES: ReadonlySet<string> = new Set(['iframe', 'embed', 'object']);
const PLAYERS: ReadonlySet<string> = new Set(['audio', 'video']);

/** Elements that may stand without anything in them. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(
  'td th tr tbody thead iframe audio video object'.split(' '),
);

class Cleaner {
  /** How many figures stand around the node in hand. */
  #figures = 0;

  constructor(
    private readonly ctx: ContentContext,
    private readonly pictures: PictureList,
    private readonly keptIds: ReadonlySet<string>,
  ) {}

  children(node: HtmlElement): HtmlNode[] {
    return mergeText(node.children.flatMap((child) => this.#node(child)));
  }

  #node(node: HtmlNode): HtmlNode[] {
    if (node.kind === 'text') return [node];
    if (node.kind === 'comment') {
      if (node.text.trim() === 'nextpage') this.ctx.warn('pageBreak', '');
      return isMore(node) ? [{ kind: 'comment', text: 'more' }] : [];
    }
    if (SCRIPTS.has(node.name)) return this.#dropped(node, 'script');
    if (FORMS.has(node.name)) return this.#dropped(node, 'form');
    const reshaped = reshapedBlock(node, this.ctx, this.pictures);
    if (reshaped !== undefined && reshaped[0] !== node) {
      return reshaped.length === 1 && isSameBlock(reshaped[0])
        ? this.#element(reshaped[0])
        : this.children(element('#', {}, reshaped));
    }
    return this.#element(node);
  }

  #dropped(node: HtmlElement, reason: 'script' | 'form'): HtmlNode[] {
    if (node.name === 'noscript') return this.children(node);
    this.ctx.warn(reason, node.name);
    return [];
  }

  #element(node: HtmlElement): HtmlNode[] {
    if (node.name === 'img') {
      const [image] = rewriteImage(node, this.ctx, this.pictures);
      if (isElement(image)) cleanAttributes(image, this.keptIds);
      return image === undefined ? [] : [image];
    }
    if (FRAMES.has(node.name)) this.ctx.warn('embed', hostOf(node));
    if (PLAYERS.has(node.name)) this.ctx.warn('audioVideo', hostOf(node));
    const clean = element(MODERN[node.name] ?? node.name, { ...node.attributes });
    if (node.name === 'center') clean.attributes.align ??= 'center';
    cleanAttributes(clean, this.keptIds);
    this.#figures += node.name === 'figure' ? 1 : 0;
    clean.children = this.children(node);
    this.#figures -= node.name === 'figure' ? 1 : 0;
    return this.#shaped(clean);
  }

  #shaped(node: HtmlElement): HtmlNode[] {
    const hasAttributes = Object.keys(node.attributes).length > 0;
    if (node.name === 'a') return this.#link(node);
    if (node.name === 'figure') return this.#figure(node);
    if (
      !isVoid(node) &&
      !MAY_BE_EMPTY.has(node.name) &&
      node.attributes.id === undefined &&
      isEmpty(node.children)
    ) {
      // A word may end where an empty element stood.
      return isBlock(node) || textOf(node) === '' ? [] : [textNode(' ')];
    }
    if (!hasAttributes && /^(?:span|div|section|picture)$/.test(node.name)) {
      return node.name === 'div' || node.name === 'section' ? paragraphOf(node) : node.children;
    }
    return isBlock(node) || isVoid(node) ? [node] : spacesOutside(node);
  }

  #figure(node: HtmlElement): HtmlNode[] {
    if (isEmpty(node.children)) return [];
    if (this.#figures > 0) return [node];
    const [only] = node.children;
    const isPlayer = isElement(only) && node.children.length === 1 && PLAYERS.has(only.name);
    return [isPlayer ? only : simpleFigure(node)];
  }

  #link(node: HtmlElement): HtmlNode[] {
    const href = node.attributes.href?.trim();
    if (href === undefined || href === '')
      return node.attributes.id === undefined ? node.children : [node];
    const showsPicture = node.children.some((child) => isElement(child, 'img'));
    const picture = showsPicture ? this.ctx.linkedPicture(href) : undefined;
    node.attributes.href = picture?.url ?? this.ctx.link(href);
    if (picture !== undefined) this.pictures.add(picture);
    if (isEmpty(node.children) && node.attributes.id === undefined) return [];
    if (node.children.some((child) => isBlock(child))) return node.children;
    return spacesOutside(node);
  }
}

/** Text in a wrapper that is taken away must not run into its neighbours. */
function paragraphOf(node: HtmlElement): HtmlNode[] {
  return node.children.some((child) => isBlock(child))
    ? node.children
    : [element('p', {}, node.children)];
}

function isSameBlock(node: HtmlNode | undefined): node is HtmlElement {
  return isElement(node) && /\bwp-block-(?:cover|gallery)\b/.test(node.attributes.class ?? '');
}

function hostOf(node: HtmlElement): string {
  const source = node.children.find((child) => isElement(child, 'source'));
  const address =
    node.attributes.src ??
    node.attributes.data ??
    (isElement(source) ? source.attributes.src : undefined) ??
    '';
  return URL.parse(address, 'https://unknown.invalid')?.hostname ?? '';
}

function mergeText(nodes: readonly HtmlNode[]): HtmlNode[] {
  const merged: HtmlNode[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = textNode(last.text + node.text);
    else merged.push(node);
  }
  return merged;
}

/** Moves white space at both ends of an inline element out of it: Markdown's marks hug their text. */
function spacesOutside(node: HtmlElement): HtmlNode[] {
  const first = node.children[0];
  const last = node.children.at(-1);
  const before: HtmlNode[] = [];
  const after: HtmlNode[] = [];
  if (first?.kind === 'text' && /^[ \t\n]/.test(first.text)) {
    before.push(textNode(' '));
    first.text = first.text.replace(/^[ \t\n]+/, '');
  }
  if (last?.kind === 'text' && /[ \t\n]$/.test(last.text)) {
    after.push(textNode(' '));
    last.text = last.text.replace(/[ \t\n]+$/, '');
  }
  return [...before, node, ...after];
}

function referencedIds(node: HtmlElement, ids = new Set<string>()): Set<string> {
  const href = node.name === 'a' ? node.attributes.href : undefined;
  if (href?.startsWith('#') === true && href.length > 1) ids.add(href.slice(1));
  for (const child of node.children) if (isElement(child)) referencedIds(child, ids);
  return ids;
}

/** Leaves of imported HTML what the site can show, with addresses that are known here. */
export function cleanContent(
  root: HtmlElement,
  ctx: ContentContext,
  pictures: PictureList,
): HtmlElement {
  const cleaner = new Cleaner(ctx, pictures, referencedIds(root));
  return element('#root', {}, cleaner.children(root));
}
