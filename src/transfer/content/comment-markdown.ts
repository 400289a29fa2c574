import { autop } from './autop.js';
import {
  element,
  HtmlTooDeepError,
  isBlock,
  isElement,
  parseHtml,
  plainText,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';
import { escapeLineStart, inlineMarkdown, type InlineOptions } from './inline-markdown.js';

const TEXT: InlineOptions = { html: false, lineBreak: '\n' };
const ONE_LINE: InlineOptions = { html: false, lineBreak: ' ' };

const DROPPED: ReadonlySet<string> = new Set(
  'script style iframe object embed form input button select textarea svg math noscript video audio'.split(
    ' ',
  ),
);
const MODERN: Readonly<Record<string, string>> = {
  b: 'strong',
  i: 'em',
  strike: 'del',
  s: 'del',
  tt: 'code',
};

/** Markup of comments without attributes that mean nothing in one. */
function cleaned(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node): HtmlNode[] => {
    if (node.kind === 'comment') return [];
    if (node.kind === 'text') return [node];
    if (DROPPED.has(node.name)) return [];
    const { href, src, alt } = node.attributes;
    const attributes: Record<string, string> = {};
    if (node.name === 'a' && href !== undefined && /^(?:https?:|mailto:)/i.test(href.trim()))
      attributes.href = href.trim();
    if (node.name === 'img' && src !== undefined && /^https?:/i.test(src.trim()))
      Object.assign(attributes, { src: src.trim(), alt: alt ?? '' });
    return [element(MODERN[node.name] ?? node.name, attributes, cleaned(node.children))];
  });
}

function lines(nodes: readonly HtmlNode[]): string {
  return inlineMarkdown(nodes, TEXT)
    .trim()
    .split('\n')
    .map((line) => escapeLineStart(line.trim()))
    .join('\n');
}

function listOf(node: HtmlElement): string {
  return node.children
    .filter((child) => isElement(child))
    .map((item, index) => {
      const mark = node.name === 'ol' ? `${String(index + 1)}.` : '-';
      const pad = ' '.repeat(mark.length + 1);
      return `${mark} ${blocks(item.children)
        .join('\n')
        .replace(/\n(?=[^\n])/g, `\n${pad}`)}`;
    })
    .join('\n');
}

function block(node: HtmlElement): string[] {
  if (/^h\d$/.test(node.name)) {
    const words = inlineMarkdown(node.children, ONE_LINE).trim();
    return words === '' ? [] : [`**${words}**`];
  }
  if (node.name === 'ul' || node.name === 'ol') return [listOf(node)];
  if (node.name === 'pre') {
    const fence = '`'.repeat(
      Math.max(2, ...(textOf(node).match(/`+/g) ?? []).map((run) => run.length)) + 1,
    );
    return [`${fence}\n${textOf(node).replace(/^\n|\n$/g, '')}\n${fence}`];
  }
  if (node.name === 'blockquote') {
    return [
      blocks(node.children)
        .join('\n\n')
        .split('\n')
        .map((line) => (line === '' ? '>' : `> ${line}`))
        .join('\n'),
    ];
  }
  if (node.name === 'tr')
    return [
      node.children
        .map((cell) => lines([cell]))
        .filter((cell) => cell !== '')
        .join(' · '),
    ];
  return node.name === 'hr' ? [] : blocks(node.children);
}

function blocks(nodes: readonly HtmlNode[]): string[] {
  const result: string[] = [];
  let run: HtmlNode[] = [];
  const flush = (): void => {
    const text = lines(run);
    if (text !== '') result.push(text);
    run = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) run.push(node);
    else {
      flush();
      result.push(...block(node));
    }
  }
  flush();
  return result.filter((text) => text !== '');
}

/** A comment of WordPress (some HTML, line breaks as typed) as the Markdown that comments have here. */
export function commentMarkdown(content: string): string {
  const text = content.replace(/\r\n?/g, '\n').toWellFormed();
  try {
    const root = autop(parseHtml(text));
    return blocks(cleaned(root.children)).join('\n\n');
  } catch (error) {
    if (error instanceof HtmlTooDeepError) return plainText(text.replace(/<[^>]*>/g, ' '));
    throw error;
  }
}
