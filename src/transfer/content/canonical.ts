import {
  classesOf,
  isBlock,
  isElement,
  isMore,
  parseHtml,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';

const SAME: Readonly<Record<string, string>> = { b: 'strong', i: 'em', strike: 's', del: 's' };

/** Stands for the border of a block: a paragraph is nothing else. */
const BORDER = '\u241e';

function address(value: string): string {
  try {
    return decodeURI(value).replace(/\/$/, '');
  } catch {
    return value;
  }
}

function attributesOf(node: HtmlElement): string {
  return Object.keys(node.attributes)
    .sort()
    .map((name) => {
      const value = node.attributes[name] ?? '';
      if (name === 'class') return `class=${classesOf(node).sort().join(' ')}`;
      if (name === 'href' || name === 'src') return `${name}=${address(value)}`;
      return `${name}=${value.replace(/\s+/g, ' ')}`;
    })
    .filter((pair) => pair !== 'class=' && pair !== 'title=' && pair !== 'alt=')
    .join(' ');
}

function preformatted(node: HtmlElement): string {
  const only = node.children.length === 1 ? node.children[0] : undefined;
  const code = isElement(only, 'code') ? only : node;
  if (code.children.every((child) => child.kind === 'text')) {
    return `${BORDER}(pre ${attributesOf(code)}|${textOf(code)
      .replace(/^\n|\n$/g, '')
      .replace(/\n/g, '\u2424')
      .replace(/ /g, '\u2420')})${BORDER}`;
  }
  return `${BORDER}(pre ${attributesOf(node)}|${node.children.map(write).join('')})${BORDER}`;
}

function write(node: HtmlNode): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'comment') return isMore(node) ? `${BORDER}(more)${BORDER}` : '';
  if (node.name === 'pre') return preformatted(node);
  const inner = node.children.map(write).join('');
  if (node.name === '#root' || node.name === 'tbody') return inner;
  if (node.name === 'p' && Object.keys(node.attributes).length === 0)
    return `${BORDER}${inner}${BORDER}`;
  if (node.name === 'a' && address(node.attributes.href ?? '') === address(textOf(node).trim()))
    return inner;
  const name = SAME[node.name] ?? node.name;
  const written = `(${name} ${attributesOf(node)}|${inner})`;
  return node.name === 'br' || isBlock(node) ? `${BORDER}${written}${BORDER}` : written;
}

/**
 * What HTML says, independent of how it is written: two pieces of HTML with the same canonical text
 * show the same. White space, paragraph tags at the borders of blocks, and links whose text is their
 * address do not count.
 */
export function canonicalOf(nodes: readonly HtmlNode[]): string {
  return nodes
    .map(write)
    .join('')
    .replace(/[ \t\r\n]+/g, ' ')
    .replace(/ ?\u241e[ \u241e]*/g, BORDER)
    .replace(/\u241e\(br \|\)\u241e(?=\)|$)/g, BORDER)
    .replace(/\| +/g, '|')
    .replace(/ +\)/g, ')')
    .replace(/\|\u241e/g, '|')
    .replace(/\u241e\)/g, ')')
    .replace(/^\u241e|\u241e$/g, '')
    .trim();
}

/** The same of HTML as text. */
export function canonicalHtml(html: string): string {
  return canonicalOf(parseHtml(html).children);
}
