import { Parser } from 'htmlparser2';

/** A small tree of HTML in which imported content is cleaned and turned into Markdown. */
export type HtmlNode = HtmlElement | HtmlText | HtmlComment;

export interface HtmlElement {
  kind: 'element';
  name: string;
  attributes: Record<string, string>;
  children: HtmlNode[];
}

export interface HtmlText {
  kind: 'text';
  text: string;
}

export interface HtmlComment {
  kind: 'comment';
  text: string;
}

/** Elements nested deeper than this keep their text and lose their tags. */
const DEEPEST = 60;

/** Beyond this the parser's own stack would make the work quadratic. */
const DEEPEST_PARSED = 2000;

const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center col colgroup dd details dir div dl dt fieldset ' +
    'figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p ' +
    'pre section summary table tbody td tfoot th thead tr ul noscript object iframe video audio'
  ).split(' '),
);

export function element(
  name: string,
  attributes: Record<string, string> = {},
  children: HtmlNode[] = [],
): HtmlElement {
  return { kind: 'element', name, attributes, children };
}

export function textNode(text: string): HtmlText {
  return { kind: 'text', text };
}

export function isElement(node: HtmlNode | undefined, name?: string): node is HtmlElement {
  return node?.kind === 'element' && (name === undefined || node.name === name);
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

class Builder {
  readonly root = element('#root');
  #path: HtmlElement[] = [this.root];
  #depth = 0;

  onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST_PARSED) throw new HtmlTooDeepError();
    if (this.#depth > DEEPEST) return;
    // A null prototype: an attribute may be called `__proto__`.
    const node = element(name, Object.assign(Object.create(null) as object, attributes));
    this.#path.at(-1)?.children.push(node);
    this.#path.push(node);
  }

  onclosetag(): void {
    if (this.#depth <= DEEPEST) this.#path.pop();
    this.#depth -= 1;
  }

  ontext(text: string): void {
    const siblings = this.#path.at(-1)?.children ?? [];
    const last = siblings.at(-1);
    if (last?.kind === 'text') last.text += text;
    else siblings.push(textNode(text));
  }

  oncomment(text: string): void {
    this.#path.at(-1)?.children.push({ kind: 'comment', text });
  }
}

/** HTML nested more than 2,000 elements deep. */
export class HtmlTooDeepError extends Error {
  override readonly name = 'HtmlTooDeepError';
}

/**
 * Parses HTML leniently, entities decoded, under an element `#root`.
 * @throws {HtmlTooDeepError}
 */
export function parseHtml(html: string): HtmlElement {
  const builder = new Builder();
  new Parser(builder, { decodeEntities: true, lowerCaseTags: true }).end(html);
  return builder.root;
}

/** Escapes text for HTML. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
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

/** True for elements without content. */
export function isVoid(node: HtmlElement): boolean {
  return VOID.has(node.name);
}

/** All text below a node, as it stands. */
export function textOf(node: HtmlNode): string {
  if (node.kind === 'text') return node.text;
  return node.kind === 'element' ? node.children.map(textOf).join('') : '';
}

/** The class names of an element. */
export function classesOf(node: HtmlElement): string[] {
  return (node.attributes.class ?? '').split(/\s+/).filter((name) => name !== '');
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

/** Adds one class name unless it is there. */
export function addClass(node: HtmlElement, name: string): void {
  const classes = classesOf(node);
  if (!classes.includes(name)) node.attributes.class = [...classes, name].join(' ');
}

/** True when the element has the class. */
export function hasClass(node: HtmlElement, name: string): boolean {
  return classesOf(node).includes(name);
}
