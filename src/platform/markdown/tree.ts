import { Parser } from 'htmlparser2';

/** A node of the small tree in which HTML is rewritten: by the renderer before it is sanitised, and by imports. */
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

/** Elements nested deeper than this lose their tags and keep their text, unless the caller says otherwise. */
const DEEPEST_KEPT = 100;

/** Beyond this the parser's own stack would make the work quadratic: parsing is given up. */
const DEEPEST_PARSED = 2000;

/** Thrown by `parseHtml` for HTML nested more than 2,000 elements deep. */
export class HtmlTooDeepError extends Error {
  override readonly name = 'HtmlTooDeepError';
}

const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
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

class TreeBuilder {
  readonly #deepestKept: number;
  readonly root: HtmlElement = element('#root');
  #path: HtmlElement[] = [this.root];
  #depth = 0;

  constructor(deepestKept: number) {
    this.#deepestKept = deepestKept;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST_PARSED) throw new HtmlTooDeepError();
    if (this.#depth > this.#deepestKept) return;
    // A copy with a null prototype: an attribute may be called `__proto__`.
    const node = element(name, Object.assign(Object.create(null), attributes));
    this.#path.at(-1)?.children.push(node);
    this.#path.push(node);
  }

  onclosetag(): void {
    if (this.#depth <= this.#deepestKept) this.#path.pop();
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

/**
 * Parses HTML as leniently as a browser does, entities decoded. The returned element `#root` is
 * never serialised itself. Elements nested deeper than `deepestKept` lose their tags, not their text.
 * @throws {HtmlTooDeepError}
 */
export function parseHtml(html: string, deepestKept = DEEPEST_KEPT): HtmlElement {
  const builder = new TreeBuilder(deepestKept);
  const parser = new Parser(builder, { decodeEntities: true, lowerCaseTags: true });
  parser.end(html);
  return builder.root;
}

/** Escapes text for HTML. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function attributesOf(node: HtmlElement): string {
  return Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeText(value).replace(/"/g, '&quot;')}"`)
    .join('');
}

/** Writes children as HTML; comments are left out. The result still has to be sanitised. */
export function serializeChildren(parent: HtmlElement): string {
  return parent.children.map(serialize).join('');
}

function serialize(node: HtmlNode): string {
  if (node.kind === 'text') return escapeText(node.text);
  if (node.kind === 'comment') return '';
  const open = `<${node.name}${attributesOf(node)}>`;
  if (isVoid(node)) return open;
  return `${open}${serializeChildren(node)}</${node.name}>`;
}

/** True for elements without content. */
export function isVoid(node: HtmlElement): boolean {
  return VOID_ELEMENTS.has(node.name);
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

/** Adds one class name unless it is there. */
export function addClass(node: HtmlElement, name: string): void {
  const classes = classesOf(node);
  if (!classes.includes(name)) node.attributes.class = [...classes, name].join(' ');
}
