import {
  escapeText,
  isBlock,
  isVoid,
  openTag,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';

function preText(text: string): string {
  // A blank line would end the HTML in Markdown.
  return escapeText(text)
    .replace(/\n(?=[ \t]*\n)/g, '\n&#10;')
    .replace(/&#10;\n/g, '&#10;');
}

function write(node: HtmlNode, inPre: boolean): string {
  if (node.kind === 'comment') return '';
  if (node.kind === 'text')
    return inPre ? preText(node.text) : escapeText(node.text.replace(/[ \t\r\n]+/g, ' '));
  if (isVoid(node)) return openTag(node);
  const isPre = inPre || node.name === 'pre';
  const inner = node.children.map((child) => write(child, isPre)).join('');
  const isLoose =
    !isPre &&
    node.children.length > 0 &&
    node.children.every(
      (child) => isBlock(child) || (child.kind === 'text' && child.text.trim() === ''),
    );
  if (!isLoose) return `${openTag(node)}${inner}</${node.name}>`;
  const lines = node.children
    .filter((child) => child.kind === 'element')
    .map((child) => write(child, false));
  return `${openTag(node)}\n${lines.join('\n')}\n</${node.name}>`;
}

/** An element as HTML that can stand in Markdown as one block: no blank line in it. */
export function rawHtml(node: HtmlElement): string {
  return write(node, false);
}
