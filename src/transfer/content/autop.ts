import {
  element,
  isBlank,
  isBlock,
  isElement,
  isMore,
  textNode,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.js';

/** Blocks whose text is split into paragraphs only where it has blank lines. */
const SPLIT_ON_BLANK_LINES: ReadonlySet<string> = new Set(
  'li td th dd dt div figcaption center'.split(' '),
);

/** Blocks whose text always stands in paragraphs. */
const ALWAYS_PARAGRAPHS: ReadonlySet<string> = new Set([
  '#root',
  'blockquote',
  'section',
  'article',
  'aside',
]);

/** Blocks that have no text of their own. */
const NO_TEXT: ReadonlySet<string> = new Set(
  'ul ol dl table thead tbody tfoot tr colgroup figure details'.split(' '),
);

const BLANK_LINE = /\n[ \t]*\n\s*/;

/** A run of inline nodes, or one block. */
type Run = { inline: HtmlNode[] } | { block: HtmlNode };

/** Splits text at blank lines: the second and later pieces begin a new paragraph. */
function pushText(runs: Run[], text: string): void {
  text.split(BLANK_LINE).forEach((piece, index) => {
    if (index > 0) runs.push({ inline: [] });
    if (piece !== '') pushInline(runs, textNode(piece));
  });
}

function pushInline(runs: Run[], node: HtmlNode): void {
  const last = runs.at(-1);
  if (last !== undefined && 'inline' in last) last.inline.push(node);
  else runs.push({ inline: [node] });
}

function runsOf(children: readonly HtmlNode[]): Run[] {
  const runs: Run[] = [];
  for (const child of children) {
    if (isBlock(child) || isMore(child)) runs.push({ block: child });
    else if (child.kind === 'text') pushText(runs, child.text);
    else pushInline(runs, child);
  }
  return runs;
}

/** Line breaks in text become `<br>`; in code they stay as they are. */
function breakLines(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node): HtmlNode[] => {
    if (isElement(node)) {
      if (node.name === 'code' || node.name === 'pre') return [node];
      return [{ ...node, children: breakLines(node.children) }];
    }
    if (node.kind !== 'text' || !node.text.includes('\n')) return [node];
    return node.text
      .replace(/[ \t]{2,}/g, ' ')
      .split(/ ?\n\s*/)
      .flatMap((line, index) => (index === 0 ? [textNode(line)] : [element('br'), textNode(line)]))
      .filter((part) => part.kind !== 'text' || part.text !== '');
  });
}

/** Without line breaks and blank text at both ends, and without the second of two `<br>` in a row. */
function trimmed(nodes: readonly HtmlNode[]): HtmlNode[] {
  const isEdge = (node: HtmlNode | undefined): boolean =>
    isElement(node, 'br') || (node?.kind === 'text' && isBlank(node.text));
  let start = 0;
  let end = nodes.length;
  while (start < end && isEdge(nodes[start])) start += 1;
  while (end > start && isEdge(nodes[end - 1])) end -= 1;
  const kept = nodes.slice(start, end);
  // `<br>` and a line break are one break, as in WordPress.
  return kept.filter((node, index) => !(isElement(node, 'br') && isElement(kept[index - 1], 'br')));
}

function paragraphs(children: readonly HtmlNode[], always: boolean): HtmlNode[] {
  const runs = runsOf(children);
  const isSplit =
    always ||
    (runs.filter((run) => 'inline' in run && run.inline.length > 0).length > 1 &&
      hasBlankLine(children));
  return runs.flatMap((run): HtmlNode[] => {
    if ('block' in run) return isElement(run.block) ? [autop(run.block)] : [run.block];
    const inline = trimmed(breakLines(trimmedText(run.inline)));
    if (inline.length === 0) return [];
    return isSplit && hasContent(inline) ? [element('p', {}, inline)] : inline;
  });
}

function hasBlankLine(children: readonly HtmlNode[]): boolean {
  return children.some((child) => child.kind === 'text' && BLANK_LINE.test(child.text.trim()));
}

function hasContent(nodes: readonly HtmlNode[]): boolean {
  return nodes.some(
    (node) => node.kind === 'element' || (node.kind === 'text' && !isBlank(node.text)),
  );
}

function withoutLastBreak(text: string): string {
  const kept = text.trimEnd();
  return text.slice(kept.length).includes('\n') ? kept : text;
}

/** A line break beside a block is no break. */
function trimmedText(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.map((node, index) => {
    if (node.kind !== 'text') return node;
    let { text } = node;
    if (index === 0) text = text.replace(/^\s*\n\s*/, '');
    if (index === nodes.length - 1) text = withoutLastBreak(text);
    return textNode(text);
  });
}

/**
 * Puts paragraphs into content of WordPress's classic editor, where a blank line begins a paragraph
 * and a line break is one: what `wpautop` does there, on a tree instead of text.
 */
export function autop(node: HtmlElement): HtmlElement {
  if (node.name === 'pre' || node.name === 'script' || node.name === 'style') return node;
  if (node.name === 'p') return { ...node, children: trimmed(breakLines(node.children)) };
  if (NO_TEXT.has(node.name)) {
    const children = node.children.filter((child) => child.kind !== 'text' || !isBlank(child.text));
    return {
      ...node,
      children: children.map((child) => (isElement(child) ? autop(child) : child)),
    };
  }
  const always = ALWAYS_PARAGRAPHS.has(node.name);
  if (always || SPLIT_ON_BLANK_LINES.has(node.name)) {
    return { ...node, children: paragraphs(node.children, always) };
  }
  return { ...node, children: trimmed(breakLines(node.children)) };
}
