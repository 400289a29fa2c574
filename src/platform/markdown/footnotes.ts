import type { MarkdownIt, Renderer, StateCore, StateInline, Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';

/**
 * How many places a note leads back to. A text that cites one note more often keeps every reference;
 * a list of hundreds of arrows behind the note would lead nobody anywhere.
 */
const MOST_BACK_LINKS = 100;

/** A note in the order of its first reference, as the plugin keeps it in the environment. */
interface Note {
  label?: string;
  /** How often it is cited; missing for one written in place, `^[…]`. */
  count?: number;
  /** Content of a note written in place. */
  content?: string;
  tokens?: Token[];
}

interface Footnotes {
  /** By label, after a colon: the note's place in `list`, or -1 while nothing cites it. */
  refs?: Record<string, number>;
  list?: Note[];
}

function footnotesOf(state: StateCore | StateInline): Footnotes | undefined {
  return (state.env as { footnotes?: Footnotes }).footnotes;
}

/** The stretch of one text in which no label ends, so that it is looked through once. */
const stretches = new WeakMap<StateInline, { from: number; end: number }>();

const END_OF_LABEL = /[\] \n]/g;

/** Where the label that starts at `from` ends, with `]` or otherwise. */
function endOfLabel(state: StateInline, from: number): number {
  const known = stretches.get(state);
  if (known !== undefined && known.from <= from && from <= known.end) return known.end;
  END_OF_LABEL.lastIndex = from;
  const end = END_OF_LABEL.exec(state.src)?.index ?? state.src.length;
  stretches.set(state, { from, end });
  return end;
}

/** `[^label]`, as the plugin reads it, but in one walk over the text. */
function readReference(state: StateInline, silent: boolean): boolean {
  const notes = footnotesOf(state);
  if (notes?.refs === undefined || !state.src.startsWith('[^', state.pos)) return false;
  const start = state.pos + 2;
  const end = endOfLabel(state, start);
  if (end === start || end >= state.posMax || state.src[end] !== ']') return false;
  const label = state.src.slice(start, end);
  if (notes.refs[`:${label}`] === undefined) return false;
  if (!silent) pushReference(state, notes, label);
  state.pos = end + 1;
  return true;
}

function pushReference(state: StateInline, notes: Footnotes, label: string): void {
  const list = (notes.list ??= []);
  const refs = (notes.refs ??= {});
  let id = refs[`:${label}`] ?? -1;
  if (id < 0) {
    id = list.length;
    list.push({ label, count: 0 });
    refs[`:${label}`] = id;
  }
  const note = list[id] ?? {};
  const subId = note.count ?? 0;
  note.count = subId + 1;
  state.push('footnote_ref', '', 0).meta = { id, subId, label };
}

/** Takes the definitions out of the text; answers their tokens by label. */
function takeDefinitions(state: StateCore): Map<string, Token[]> {
  const definitions = new Map<string, Token[]>();
  let label = '';
  let current: Token[] | undefined;
  let tokens: Token[] = [];
  const text: Token[] = [];
  for (const token of state.tokens) {
    if (token.type === 'footnote_reference_open') {
      current = tokens = [];
      label = (token.meta as { label: string }).label;
    } else if (token.type === 'footnote_reference_close') {
      current = undefined;
      definitions.set(label, tokens);
    } else {
      (current ?? text).push(token);
    }
  }
  state.tokens = text;
  return definitions;
}

function inlineNote(state: StateCore, note: Note): Token[] {
  const open = new state.Token('paragraph_open', 'p', 1);
  const inline = new state.Token('inline', '', 0);
  const close = new state.Token('paragraph_close', 'p', -1);
  open.block = true;
  close.block = true;
  inline.children = note.tokens ?? [];
  inline.content = note.content ?? '';
  return [open, inline, close];
}

/** Adds a note to the end of the text, its back links inside its last paragraph. */
function pushNote(state: StateCore, id: number, note: Note, content: Token[]): void {
  const { tokens } = state;
  const mark = (type: string, nesting: 0 | 1 | -1, subId?: number) => {
    const token = new state.Token(type, '', nesting);
    token.meta = { id, subId, label: note.label };
    tokens.push(token);
  };
  mark('footnote_open', 1);
  for (const token of content) tokens.push(token);
  const last = tokens.at(-1)?.type === 'paragraph_close' ? tokens.pop() : undefined;
  const links = Math.min(note.count || 1, MOST_BACK_LINKS);
  for (let subId = 0; subId < links; subId += 1) mark('footnote_anchor', 0, subId);
  if (last !== undefined) tokens.push(last);
  mark('footnote_close', -1);
}

/**
 * The notes behind the text, in the order of their first references. The plugin's own rule copies the
 * whole text once for every note.
 */
function appendNotes(state: StateCore): void {
  const notes = footnotesOf(state);
  if (notes === undefined) return;
  const definitions = takeDefinitions(state);
  if (notes.list === undefined) return;
  state.tokens.push(new state.Token('footnote_block_open', '', 1));
  for (const [id, note] of notes.list.entries()) {
    const content = note.tokens ? inlineNote(state, note) : definitions.get(note.label ?? '');
    pushNote(state, id, note, content ?? []);
  }
  state.tokens.push(new state.Token('footnote_block_close', '', -1));
}

function numberOf(tokens: Token[], index: number): { id: string; back: string } {
  const meta = tokens[index]?.meta as { id?: number; subId?: number } | null | undefined;
  const id = String((meta?.id ?? 0) + 1);
  const subId = meta?.subId ?? 0;
  return { id, back: subId > 0 ? `${id}-${String(subId)}` : id };
}

/** Ids and ARIA roles of ours; `rewrite.ts` adds the translated labels. */
function writeAsOurs(rules: Renderer['rules']): void {
  rules.footnote_ref = (tokens, index) => {
    const { id, back } = numberOf(tokens, index);
    return `<sup class="footnote-ref"><a href="#fn-${id}" id="fnref-${back}" role="doc-noteref">${id}</a></sup>`;
  };
  rules.footnote_block_open = () =>
    '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n';
  rules.footnote_open = (tokens, index) =>
    `<li id="fn-${numberOf(tokens, index).id}" class="footnote-item">`;
  rules.footnote_anchor = (tokens, index) => {
    const { back } = numberOf(tokens, index);
    return ` <a href="#fnref-${back}" class="footnote-backref" role="doc-backlink">\u21a9\ufe0e</a>`;
  };
}

/**
 * Footnotes as Pandoc writes them: `[^label]` with `[^label]: text`, and `^[text]`. The syntax is
 * markdown-it-footnote's; two of its rules are replaced by ones whose work grows with the length of
 * the text and not with its square.
 */
export function linearFootnotes(parser: MarkdownIt): void {
  parser.use(footnotes);
  parser.inline.ruler.at('footnote_ref', readReference);
  parser.core.ruler.at('footnote_tail', appendNotes);
  writeAsOurs(parser.renderer.rules);
}
