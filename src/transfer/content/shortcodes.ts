/** One shortcode as it stands in a text. */
export interface Shortcode {
  name: string;
  /** Named attributes in lower case; those without a name are under `0`, `1` … */
  attributes: Record<string, string>;
  /** What stands between `[name]` and `[/name]`; undefined without the closing tag. */
  content: string | undefined;
  /** The whole, as written. */
  source: string;
}

/** Brackets do not stand in attributes, so that a text full of them is read once. */
const OPEN =
  /\[(\[?)([a-zA-Z][\w-]{0,60})((?:[\s=][^[\]"']*(?:"[^"]*"[^[\]"']*|'[^']*'[^[\]"']*)*)?)(\/)?\](\]?)/g;

/** Characters that looking for closing tags may read in one text before it gives up. */
const CLOSING_BUDGET = 60_000_000;

const ATTRIBUTE =
  /([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s"']+)|"([^"]*)"|'([^']*)'|(\S+)/g;

/** Editors turned straight quotes into typographic ones, which WordPress still reads as quotes. */
function straightened(text: string): string {
  return text
    .replace(/&#82(?:20|21|43);|[\u201c\u201d\u2033]|&quot;/g, '"')
    .replace(/&nbsp;|\u00a0/g, ' ');
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  let position = 0;
  for (const match of straightened(text).matchAll(ATTRIBUTE)) {
    const name = match[1] ?? match[3] ?? match[5];
    const value = match[2] ?? match[4] ?? match[6] ?? match[7] ?? match[8] ?? match[9] ?? '';
    if (name === undefined) {
      attributes[String(position)] = value.replace(/^=/, '');
      position += 1;
    } else attributes[name.toLowerCase()] = value;
  }
  return attributes;
}

/** Turns one shortcode into HTML; undefined leaves it as text. */
export type ReplaceShortcode = (shortcode: Shortcode) => string | undefined;

const VERBATIM: ReadonlySet<string> = new Set(['pre', 'code', 'script', 'style', 'textarea']);
const TAG_NAME = /[a-z][a-z0-9]*/y;

/** Where nothing is replaced: code, comments, and the insides of tags. In order, in one pass. */
function verbatimRanges(text: string): [number, number][] {
  const lower = text.toLowerCase();
  const ranges: [number, number][] = [];
  const unclosed = new Set<string>();
  for (let at = lower.indexOf('<'); at !== -1;) {
    const end = verbatimEnd(lower, at, unclosed);
    if (end === -1) return ranges;
    if (end > at + 1) ranges.push([at, end]);
    at = lower.indexOf('<', end);
  }
  return ranges;
}

/** End of what begins at a `<`; the next character where nothing does, -1 where no tag can follow. */
function verbatimEnd(lower: string, at: number, unclosed: Set<string>): number {
  if (lower.startsWith('<!--', at)) return endOf(lower, '-->', at, unclosed) ?? at + 1;
  TAG_NAME.lastIndex = at + 1;
  const name = TAG_NAME.exec(lower)?.[0];
  if (name === undefined) return at + 1;
  const tagEnd = lower.indexOf('>', at);
  if (tagEnd === -1) return -1;
  return VERBATIM.has(name)
    ? (endOf(lower, `</${name}`, tagEnd, unclosed) ?? tagEnd + 1)
    : tagEnd + 1;
}

/** What is missing once is missing for the rest of the text too. */
function endOf(
  lower: string,
  mark: string,
  from: number,
  unclosed: Set<string>,
): number | undefined {
  if (unclosed.has(mark)) return undefined;
  const found = lower.indexOf(mark, from);
  if (found === -1) unclosed.add(mark);
  return found === -1 ? undefined : found + mark.length;
}

/** Moves forward through ranges that are in order. */
function insideOf(ranges: readonly [number, number][]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while (next < ranges.length && (ranges[next]?.[1] ?? 0) <= at) next += 1;
    return (ranges[next]?.[0] ?? Infinity) <= at;
  };
}

interface Closing {
  content: string;
  end: number;
}

/** The matching `[/name]`, same names nested; undefined when it is missing. */
function closingOf(
  text: string,
  name: string,
  from: number,
  budget: { left: number },
): Closing | undefined {
  const tag = new RegExp(`\\[(/)?${name}(?=[\\s\\]=/])[^\\]]*\\]`, 'g');
  tag.lastIndex = from;
  const nearest = text.indexOf(`[/${name}`, from);
  budget.left -= nearest === -1 ? text.length - from : nearest - from;
  if (nearest === -1 || budget.left < 0) return undefined;
  let depth = 1;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    depth += match[1] === undefined ? (match[0].endsWith('/]') ? 0 : 1) : -1;
    budget.left -= match[0].length;
    if (budget.left < 0) break;
    if (depth === 0) return { content: text.slice(from, match.index), end: tag.lastIndex };
  }
  // An inner one without an end: the first end is ours, as in WordPress.
  const first = text.indexOf(`[/${name}]`, from);
  if (first === -1) return undefined;
  return { content: text.slice(from, first), end: first + name.length + 3 };
}

/**
 * Replaces the shortcodes of a text, left to right; `[[name]]` becomes `[name]`. What `replace`
 * leaves alone stays in the text as it was written.
 */
export function replaceShortcodes(text: string, replace: ReplaceShortcode): string {
  if (!text.includes('[')) return text;
  const isVerbatim = insideOf(verbatimRanges(text));
  const pattern = new RegExp(OPEN);
  const budget = { left: CLOSING_BUDGET };
  let result = '';
  let copied = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, escapedOpen, name = '', attributes = '', , escapedClose] = match;
    if (isVerbatim(match.index)) continue;
    if (escapedOpen !== '' && escapedClose !== '') {
      result += text.slice(copied, match.index) + whole.slice(1, -1);
      copied = pattern.lastIndex;
      continue;
    }
    const start = match.index + (escapedOpen ?? '').length;
    const afterOpen = pattern.lastIndex - (escapedClose ?? '').length;
    const closing = match[4] === undefined ? closingOf(text, name, afterOpen, budget) : undefined;
    const end = closing?.end ?? afterOpen;
    const html = replace({
      name: name.toLowerCase(),
      attributes: attributesOf(attributes),
      content: closing?.content,
      source: text.slice(start, end),
    });
    if (html === undefined) continue;
    result += text.slice(copied, start) + html;
    copied = end;
    pattern.lastIndex = end;
  }
  return result + text.slice(copied);
}
