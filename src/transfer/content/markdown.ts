import { renderCommonMark } from '#src/platform/markdown/index.js';
import { canonicalHtml, canonicalOf } from './canonical.js';
import {
  element,
  isBlock,
  isElement,
  isMore,
  openTag,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';
import { escapeLineStart, inlineMarkdown, type InlineOptions } from './inline-markdown.js';
import { rawHtml } from './raw-html.js';
import { tableMarkdown } from './table-markdown.js';

const TEXT: InlineOptions = { html: true, lineBreak: '\\\n' };
const ONE_LINE: InlineOptions = { html: true, lineBreak: '<br>' };

/** Wrappers inside which Markdown goes on, between their tags on lines of their own. */
const WRAPPERS: ReadonlySet<string> = new Set(['div', 'section', 'aside', 'blockquote']);

/** Thrown where Markdown has no way to say something: the block is written as HTML. */
class NotInMarkdown extends Error {
  override readonly name = 'NotInMarkdown';
}

function trimBreaks(nodes: readonly HtmlNode[]): HtmlNode[] {
  let end = nodes.length;
  while (end > 0 && isElement(nodes[end - 1], 'br')) end -= 1;
  return nodes.slice(0, end);
}

function paragraph(nodes: readonly HtmlNode[]): string {
  return inlineMarkdown(trimBreaks(nodes), TEXT)
    .trim()
    .split('\n')
    .map((line) => escapeLineStart(line.trim()))
    .join('\n');
}

function indent(text: string, width: number): string {
  const pad = ' '.repeat(width);
  return text
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : pad + line))
    .join('\n');
}

function requirePlain(node: HtmlElement, allowed: readonly string[] = []): void {
  const extra = Object.keys(node.attributes).find((name) => !allowed.includes(name));
  if (extra !== undefined) throw new NotInMarkdown(extra);
}

function codeBlock(node: HtmlElement): string {
  const only = node.children.length === 1 ? node.children[0] : undefined;
  const code = isElement(only, 'code') ? only : node;
  requirePlain(node, code === node ? ['class'] : []);
  requirePlain(code, ['class']);
  if (code.children.some((child) => child.kind !== 'text')) throw new NotInMarkdown('code');
  const language = /^language-([\w+#.-]+)$/.exec(code.attributes.class ?? '')?.[1];
  if (language === undefined && code.attributes.class !== undefined)
    throw new NotInMarkdown('code');
  const text = textOf(code).replace(/^\n|\n$/g, '');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language ?? ''}\n${text}\n${fence}`;
}

class BlockWriter {
  /** Blocks one below the other; of two neighbouring lists the second gets other marks, so that they stay two. */
  blocks(nodes: readonly HtmlNode[], isSecondList = false): string[] {
    const result: string[] = [];
    let isOther = isSecondList;
    let previous: HtmlNode | undefined;
    for (const run of runs(nodes)) {
      const [first] = run;
      isOther = isListBeside(previous, first) ? !isOther : previous === undefined && isSecondList;
      if (run.length === 1 && isMore(first)) result.push('<!--more-->');
      else if (run.length === 1 && isBlock(first)) result.push(this.#block(first, isOther));
      else result.push(paragraph(run));
      previous = first;
    }
    return result.filter((block) => block !== '');
  }

  #block(node: HtmlElement, isOther: boolean): string {
    switch (node.name) {
      case 'p':
        requirePlain(node);
        return paragraph(node.children);
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        requirePlain(node);
        return `${'#'.repeat(Number(node.name[1]))} ${inlineMarkdown(
          trimBreaks(node.children),
          ONE_LINE,
        )
          .trim()
          .replace(/(^|\s)(#+)$/, '$1\\$2')}`;
      case 'ul':
      case 'ol':
        return this.#list(node, isOther);
      case 'blockquote':
        requirePlain(node);
        return this.blocks(node.children)
          .join('\n\n')
          .split('\n')
          .map((line) => (line === '' ? '>' : `> ${line}`))
          .join('\n');
      case 'pre':
        return codeBlock(node);
      case 'hr':
        requirePlain(node);
        return '---';
      case 'table':
        return tableMarkdown(node, ONE_LINE) ?? notInMarkdown(node);
      default:
        return notInMarkdown(node);
    }
  }

  #list(node: HtmlElement, isOther: boolean): string {
    requirePlain(node, node.name === 'ol' ? ['start'] : []);
    const items = node.children.filter((child) => child.kind === 'element');
    if (items.some((item) => item.name !== 'li')) throw new NotInMarkdown('list');
    const start = Number(node.attributes.start ?? 1);
    const contents = items.map((item) => {
      requirePlain(item);
      return this.blocks(item.children);
    });
    const isLoose = items.some(
      (item) => item.children.filter((child) => isElement(child, 'p')).length > 1,
    );
    return contents
      .map((blocks, index) => {
        const mark =
          node.name === 'ul'
            ? isOther
              ? '*'
              : '-'
            : `${String(start + index)}${isOther ? ')' : '.'}`;
        return `${mark} ${indent(blocks.join(isLoose ? '\n\n' : '\n'), mark.length + 1)}`.trimEnd();
      })
      .join(isLoose ? '\n\n' : '\n');
  }
}

function isListBeside(before: HtmlNode | undefined, node: HtmlNode | undefined): boolean {
  return isElement(before) && /^[uo]l$/.test(before.name) && isElement(node, before.name);
}

function notInMarkdown(node: HtmlElement): never {
  throw new NotInMarkdown(node.name);
}

/** Neighbouring inline nodes together, every block alone. */
function runs(nodes: readonly HtmlNode[]): HtmlNode[][] {
  const result: HtmlNode[][] = [];
  let isOpen = false;
  for (const node of nodes) {
    if (isBlock(node) || isMore(node)) {
      result.push([node]);
      isOpen = false;
    } else if (isOpen) result.at(-1)?.push(node);
    else if (node.kind !== 'text' || node.text.trim() !== '') {
      result.push([node]);
      isOpen = true;
    }
  }
  return result;
}

/** One block as Markdown, checked by rendering it; as HTML where Markdown would say something else. */
function writeRun(run: readonly HtmlNode[], writer: BlockWriter, isSecondList: boolean): string {
  try {
    const markdown = writer.blocks(run, isSecondList).join('\n\n');
    if (canonicalHtml(renderCommonMark(markdown)) === canonicalOf(run)) {
      // Alone on its line it would stand in no paragraph, and no figure would be made of it.
      return /^<img [^>]*>$/.test(markdown) ? `<p>${markdown}</p>` : markdown;
    }
  } catch (error) {
    if (!(error instanceof NotInMarkdown)) throw error;
  }
  const [only] = run;
  if (run.length === 1 && isBlock(only)) return writeWrapper(only, writer) ?? rawHtml(only);
  return rawHtml(element('p', {}, [...run]));
}

function writeRuns(nodes: readonly HtmlNode[], writer: BlockWriter): string[] {
  let isOther = false;
  let previous: HtmlNode | undefined;
  return runs(nodes).map((run) => {
    isOther = isListBeside(previous, run[0]) && !isOther;
    previous = run[0];
    return writeRun(run, writer, isOther);
  });
}

/** A wrapper of blocks keeps its tags, and its content goes on as Markdown. */
function writeWrapper(node: HtmlElement, writer: BlockWriter): string | undefined {
  const hasBlocks = node.children.some((child) => isBlock(child)) && WRAPPERS.has(node.name);
  if (!hasBlocks) return undefined;
  return [openTag(node), ...writeRuns(node.children, writer), `</${node.name}>`].join('\n\n');
}

/**
 * Cleaned HTML as Markdown. Every block is rendered again and compared: what Markdown cannot say
 * (alignment, widths, tables without a head) stays as HTML.
 */
export function markdownOf(root: HtmlElement): string {
  const writer = new BlockWriter();
  return writeRuns(root.children, writer)
    .filter((block) => block.trim() !== '')
    .join('\n\n');
}
