import { classesOf, textOf, type HtmlElement, type HtmlNode } from './tree.js';
import type { TocEntry } from './types.js';

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address aside blockquote br caption dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ' +
    'ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** Blocks whose words do not tell what a post is about. */
const NO_PROSE: ReadonlySet<string> = new Set(
  'h2 h3 h4 h5 h6 pre table figcaption section'.split(' '),
);

/** A block's text, and the part of it that is running prose. */
interface Line {
  text: string;
  prose: string;
}

/** All visible lines of a rewritten tree, and how many stand before `<!--more-->`. */
export interface Lines {
  lines: Line[];
  more: number | undefined;
}

function tidy(text: string): string {
  return text.replace(/[\s\u00ad]+/g, ' ').trim();
}

class LineCollector {
  readonly lines: Line[] = [];
  more: number | undefined;
  #text = '';
  #prose = '';

  flush(): void {
    const text = tidy(this.#text);
    if (text !== '') this.lines.push({ text, prose: tidy(this.#prose) });
    this.#text = '';
    this.#prose = '';
  }

  visit(node: HtmlNode, isProse: boolean): void {
    if (node.kind === 'text') this.#add(node.text, isProse);
    else if (node.kind === 'comment') this.#visitComment(node.text);
    else this.#visitElement(node, isProse);
  }

  #add(text: string, isProse: boolean): void {
    this.#text += text;
    if (isProse) this.#prose += text;
  }

  #visitComment(text: string): void {
    if (this.more !== undefined || !/^\s*more\b/.test(text)) return;
    this.flush();
    this.more = this.lines.length;
  }

  #visitElement(node: HtmlElement, isProse: boolean): void {
    const classes = classesOf(node);
    if (classes.includes('footnote-backref') || classes.includes('footnote-ref')) return;
    if (node.name === 'img') this.#add(` ${node.attributes.alt ?? ''} `, false);
    const isBlock = BLOCKS.has(node.name);
    if (isBlock) this.flush();
    const below = isProse && !NO_PROSE.has(node.name) && !classes.includes('embed');
    for (const child of node.children) this.visit(child, below);
    if (isBlock) this.flush();
  }
}

/** Reads the text of a rewritten tree line by line. */
export function linesOf(root: HtmlElement): Lines {
  const collector = new LineCollector();
  for (const child of root.children) collector.visit(child, true);
  collector.flush();
  return { lines: collector.lines, more: collector.more };
}

const EXCERPT_WORDS = 55;
const EXCERPT_LENGTH = 400;
/** An excerpt that the author cut by `<!--more-->` may be longer than one that we cut. */
const MARKED_EXCERPT_LENGTH = 1000;

/** Cuts at the border of a word (UAX #29, so also in Chinese or Thai), else of a grapheme. */
export function cutText(text: string, words: number, length: number): string {
  const bounded = text.slice(0, length * 4);
  let count = 0;
  let end = 0;
  for (const part of new Intl.Segmenter('und', { granularity: 'word' }).segment(bounded)) {
    if (part.index + part.segment.length > length) break;
    if (part.isWordLike === true) count += 1;
    if (count > words) break;
    end = part.index + part.segment.length;
  }
  if (end >= text.length) return text;
  const cut = end === 0 ? cutAtGrapheme(bounded, length) : text.slice(0, end);
  return `${cut.replace(/[\s\p{P}]+$/u, '')}…`;
}

function cutAtGrapheme(text: string, length: number): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und').segment(text)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The generated excerpt: what stands before `<!--more-->`, or about 55 words of prose. */
export function excerptOf({ lines, more }: Lines): string {
  const marked = proseOf(lines.slice(0, more ?? 0), MARKED_EXCERPT_LENGTH * 4);
  if (marked !== '') return cutText(marked, Infinity, MARKED_EXCERPT_LENGTH);
  return cutText(proseOf(lines, EXCERPT_LENGTH * 4), EXCERPT_WORDS, EXCERPT_LENGTH);
}

/** The lines' prose as one paragraph; their whole text where there is no prose. */
function proseOf(lines: Line[], length: number): string {
  return (
    joinUpTo(
      lines.map((line) => line.prose),
      length,
    ) ||
    joinUpTo(
      lines.map((line) => line.text),
      length,
    )
  );
}

function joinUpTo(lines: string[], length: number): string {
  let text = '';
  for (const line of lines) {
    if (text.length >= length) break;
    text += text === '' || line === '' ? line : ` ${line}`;
  }
  return text;
}

/** Scripts without spaces, counted by character. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;

/** Reading speeds: words and ideographs in a minute. */
const WORDS_PER_MINUTE = 230;
const IDEOGRAPHS_PER_MINUTE = 500;

/** Words (an ideograph counts as one) and whole minutes of reading, at least 1 if there are words. */
export function measureText(text: string): { wordCount: number; readingMinutes: number } {
  const ideographs = text.match(IDEOGRAPHS)?.length ?? 0;
  const words = text.replace(IDEOGRAPHS, ' ').match(WORDS)?.length ?? 0;
  const minutes = words / WORDS_PER_MINUTE + ideographs / IDEOGRAPHS_PER_MINUTE;
  const wordCount = words + ideographs;
  return { wordCount, readingMinutes: wordCount === 0 ? 0 : Math.max(1, Math.round(minutes)) };
}

function headingsIn(node: HtmlElement): HtmlElement[] {
  if (/^h[2-6]$/.test(node.name)) return [node];
  return node.children.flatMap((child) => (child.kind === 'element' ? headingsIn(child) : []));
}

/** The headings as a tree. */
export function tocOf(root: HtmlElement): TocEntry[] {
  const top: TocEntry[] = [];
  const path: TocEntry[] = [];
  for (const heading of headingsIn(root)) {
    const text = textOf(heading).replace(/\s+/g, ' ').trim();
    const id = heading.attributes.id ?? '';
    if (text === '' || id === '') continue;
    const entry: TocEntry = { level: Number(heading.name.slice(1)), id, text, children: [] };
    while (path.length > 0 && (path.at(-1)?.level ?? 0) >= entry.level) path.pop();
    (path.at(-1)?.children ?? top).push(entry);
    path.push(entry);
  }
  return top;
}
