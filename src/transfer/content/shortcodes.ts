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

const OPEN =
  /\[(\[?)([a-zA-Z][\w-]{0,60})((?:[\s=][^\]"']*(?:"[^"]*"[^\]"']*|'[^']*'[^\]"']*)*)?)(\/)?\](\]?)/g;

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

const VERBATIM =
  /<(pre|code|script|style|textarea)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<[a-z][^>]*>/gi;

/** Where nothing is replaced: code, comments, and the insides of tags. */
function verbatimRanges(text: string): [number, number][] {
  return [...text.matchAll(VERBATIM)].map((match) => [match.index, match.index + match[0].length]);
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
function closingOf(text: string, name: string, from: number): Closing | undefined {
  const tag = new RegExp(`\\[(/)?${name}(?=[\\s\\]=/])[^\\]]*\\]`, 'g');
  tag.lastIndex = from;
  if (!text.includes(`[/${name}`, from)) return undefined;
  let depth = 1;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    depth += match[1] === undefined ? (match[0].endsWith('/]') ? 0 : 1) : -1;
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
    const closing = match[4] === undefined ? closingOf(text, name, afterOpen) : undefined;
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
