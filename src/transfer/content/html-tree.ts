import {
  classesOf,
  escapeText,
  isElement,
  isVoid,
  parseHtml as parseTree,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from '#src/platform/markdown/tree.js';

export {
  addClass,
  classesOf,
  element,
  escapeText,
  HtmlTooDeepError,
  isElement,
  isVoid,
  textNode,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from '#src/platform/markdown/tree.js';

/** Elements of imported content nested deeper than this keep their text and lose their tags. */
const DEEPEST = 60;

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center col colgroup dd details dir div dl dt fieldset ' +
    'figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p ' +
    'pre section summary table tbody td tfoot th thead tr ul noscript object iframe video audio'
  ).split(' '),
);

/** Parses imported HTML. @throws {HtmlTooDeepError} */
export function parseHtml(html: string): HtmlElement {
  return parseTree(html, DEEPEST);
}

/** True for an element that starts a block of its own. */
export function isBlock(node: HtmlNode | undefined): node is HtmlElement {
  return isElement(node) && BLOCKS.has(node.name);
}

/** True for `<!--more-->` (with or without words of its own). */
export function isMore(node: HtmlNode | undefined): boolean {
  return node?.kind === 'comment' && /^more\b/.test(node.text.trim());
}

/** True for text without anything to see; a non-breaking space counts as nothing. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** An opening tag; line breaks in attributes become spaces. */
export function openTag(node: HtmlElement): string {
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => {
      const text = escapeText(value.replace(/\s*\n\s*/g, ' ')).replace(/"/g, '&quot;');
      return text === '' && name !== 'alt' && name !== 'href' ? ` ${name}` : ` ${name}="${text}"`;
    })
    .join('');
  return `<${node.name}${attributes}>`;
}

/** True when nothing would be seen of these nodes. */
export function isEmpty(nodes: readonly HtmlNode[]): boolean {
  return nodes.every((node) => {
    if (node.kind === 'comment') return !isMore(node);
    if (node.kind === 'text') return isBlank(node.text);
    return node.name === 'br' || (!isVoid(node) && !isMedia(node) && isEmpty(node.children));
  });
}

function isMedia(node: HtmlElement): boolean {
  return /^(?:audio|video|iframe|object|td|th)$/.test(node.name) || 'id' in node.attributes;
}

/** HTML as plain text: entities decoded, tags gone, white space collapsed. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim();
  const spaced = html.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^<>]*>/gi, ' $&');
  return textOf(parseHtml(spaced)).replace(/\s+/g, ' ').trim();
}

/** True when the element has the class. */
export function hasClass(node: HtmlElement, name: string): boolean {
  return classesOf(node).includes(name);
}
