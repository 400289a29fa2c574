import { isBlock, isElement, type HtmlElement, type HtmlNode } from './html-tree.js';
import { inlineMarkdown, type InlineOptions } from './inline-markdown.js';

function rowsIn(
  table: HtmlElement,
): { head: HtmlElement | undefined; rows: HtmlElement[] } | undefined {
  let head: HtmlElement | undefined;
  const rows: HtmlElement[] = [];
  for (const part of table.children.filter((child) => child.kind === 'element')) {
    const inside =
      part.name === 'tr' ? [part] : part.children.filter((child) => isElement(child, 'tr'));
    if (part.name === 'thead' && inside.length === 1 && head === undefined) head = inside[0];
    else if (part.name === 'tbody' || part.name === 'tr')
      rows.push(...inside.filter((row) => isElement(row)));
    else return undefined;
  }
  return { head, rows };
}

function cellsOf(row: HtmlElement, name: string): HtmlElement[] | undefined {
  const cells = row.children.filter((child) => child.kind === 'element');
  const isSimple = (cell: HtmlElement): boolean =>
    cell.name === name &&
    Object.keys(cell.attributes).length === 0 &&
    !cell.children.some((child) => isBlock(child));
  return cells.every(isSimple) ? cells : undefined;
}

function line(cells: readonly HtmlElement[], options: InlineOptions): string {
  const write = (nodes: readonly HtmlNode[]): string =>
    inlineMarkdown(nodes, options).trim().replace(/\|/g, '\\|');
  return `| ${cells.map((cell) => write(cell.children)).join(' | ')} |`;
}

/** A table with one row of heads and plain cells as a GFM table; undefined for any other. */
export function tableMarkdown(table: HtmlElement, options: InlineOptions): string | undefined {
  if (Object.keys(table.attributes).length > 0) return undefined;
  const parts = rowsIn(table);
  const head = parts?.head === undefined ? undefined : cellsOf(parts.head, 'th');
  if (parts === undefined || head === undefined || head.length === 0) return undefined;
  const rows: string[] = [];
  for (const row of parts.rows) {
    const cells = cellsOf(row, 'td');
    if (cells?.length !== head.length) return undefined;
    rows.push(line(cells, options));
  }
  return [line(head, options), `|${head.map(() => ' --- |').join('')}`, ...rows].join('\n');
}
