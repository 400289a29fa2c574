import {
  isElement,
  isVoid,
  openTag,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';

/** How inline content is written. */
export interface InlineOptions {
  /** Whether HTML may stand in the text where Markdown has no word for it. */
  html: boolean;
  /** What a line break is; headings and table cells cannot hold Markdown's own. */
  lineBreak: string;
}

/** Text so that Markdown reads it as text. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[ \t\r\n]+/g, ' ')
    .replace(/\\(?=[!-/:-@[-`{-~\n])/g, '\\\\')
    .replace(/[*`]/g, '\\$&')
    .replace(/\[/g, '\\[')
    .replace(/_+/g, (marks, at: number, whole: string) => {
      const isInWord =
        /[\p{L}\p{N}]/u.test(whole.charAt(at - 1)) &&
        /[\p{L}\p{N}]/u.test(whole.charAt(at + marks.length));
      return isInWord ? marks : marks.replace(/_/g, '\\_');
    })
    .replace(/~(?=~)/g, '\\~')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&');
}

/** Marks that only mean something at the beginning of a line. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(\s*)(#{1,6}(?:\s|$)|[-+](?:\s|$)|>|={2,}\s*$|-{2,}\s*$|\+{3}|~{3})/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

function destination(address: string): string {
  const clean = address
    .trim()
    .replace(/\s/g, '%20')
    .replace(/[<>]/g, (mark) => (mark === '<' ? '%3C' : '%3E'));
  return clean === '' || /[()]/.test(clean) ? `<${clean}>` : clean.replace(/\\/g, '%5C');
}

function titled(title: string | undefined): string {
  if (title === undefined || title.trim() === '') return '';
  return ` "${title
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/["\\]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')}"`;
}

function onlyHas(node: HtmlElement, names: readonly string[]): boolean {
  return Object.keys(node.attributes).every((name) => names.includes(name));
}

function codeSpan(node: HtmlElement): string {
  const text = textOf(node).replace(/[ \t\r\n]+/g, ' ');
  const runs = text.match(/`+/g) ?? [];
  const longest = Math.max(0, ...runs.map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function link(node: HtmlElement, inner: string, options: InlineOptions): string {
  const href = node.attributes.href ?? '';
  if (!onlyHas(node, ['href', 'title']))
    return options.html ? wrapped(node, inner) : `[${inner}](${destination(href)})`;
  if (
    node.attributes.title === undefined &&
    /^https?:\/\/[^\s<>]+$/.test(href) &&
    textOf(node).trim() === href
  )
    return `<${href}>`;
  return `[${inner}](${destination(href)}${titled(node.attributes.title)})`;
}

function image(node: HtmlElement, options: InlineOptions): string {
  const alt = escapeMarkdown(node.attributes.alt ?? '');
  const target = destination(node.attributes.src ?? '');
  if (!options.html) return alt === '' ? `<${node.attributes.src ?? ''}>` : `[${alt}](${target})`;
  if (!onlyHas(node, ['src', 'alt', 'title'])) return openTag(node);
  return `![${alt}](${target}${titled(node.attributes.title)})`;
}

function wrapped(node: HtmlElement, inner: string): string {
  return `${openTag(node)}${inner}</${node.name}>`;
}

/** The mark around text, or the element itself where the mark would not be read as one. */
function marked(node: HtmlElement, mark: string, inner: string, options: InlineOptions): string {
  if (inner === '') return '';
  if (!onlyHas(node, [])) return options.html ? wrapped(node, inner) : inner;
  return `${mark}${inner}${mark}`;
}

function inlineElement(node: HtmlElement, options: InlineOptions): string {
  if (node.name === 'br') return options.lineBreak;
  if (node.name === 'img') return image(node, options);
  if (
    node.name === 'code' &&
    onlyHas(node, []) &&
    node.children.every((child) => child.kind === 'text')
  ) {
    return codeSpan(node);
  }
  const inner = inlineMarkdown(node.children, options);
  switch (node.name) {
    case 'strong':
      return marked(node, '**', inner, options);
    case 'em':
      return marked(node, '*', inner, options);
    case 'del':
      return marked(node, '~~', inner, options);
    case 'a':
      return node.attributes.href === undefined && !options.html
        ? inner
        : link(node, inner, options);
    default:
      if (!options.html) return inner;
      return isVoid(node) ? openTag(node) : wrapped(node, inner);
  }
}

/** Inline content as Markdown. */
export function inlineMarkdown(nodes: readonly HtmlNode[], options: InlineOptions): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return escapeMarkdown(node.text);
      return isElement(node) ? inlineElement(node, options) : '';
    })
    .join('');
}
