import { applyPatch, diffLines, diffWordsWithSpace, structuredPatch } from 'diff';

/** A run of words: the same on both sides, or only in the old or the new text. */
export interface WordChange {
  kind: 'same' | 'old' | 'new';
  text: string;
}

/** A line of a comparison. A changed line comes as `old` and then `new`, with their words. */
export interface LineChange {
  kind: 'same' | 'old' | 'new' | 'skipped';
  words: WordChange[];
  /** Lines left out, for `skipped`. */
  count: number;
}

/** Unchanged lines shown around a change. */
const CONTEXT = 3;
/** Word by word only for lines that are not books: the time grows with the square. */
const LONGEST_COMPARED = 5000;
/** Changed lines of one stretch whose words are compared. */
const MOST_PAIRS = 300;
/** Steps and milliseconds after which two texts count as wholly different. */
const EFFORT = { maxEditLength: 4000, timeout: 1000 };

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function whole(kind: 'same' | 'old' | 'new', text: string): LineChange {
  return { kind, words: [{ kind, text }], count: 1 };
}

function changedPair(before: string, after: string): [LineChange, LineChange] {
  if (before.length + after.length > LONGEST_COMPARED)
    return [whole('old', before), whole('new', after)];
  const parts = diffWordsWithSpace(before, after);
  const side = (kind: 'old' | 'new', leaveOut: 'added' | 'removed'): LineChange => ({
    kind,
    count: 1,
    words: parts
      .filter((part) => !part[leaveOut])
      .map((part) => ({ kind: part.added || part.removed ? kind : 'same', text: part.value })),
  });
  return [side('old', 'added'), side('new', 'removed')];
}

function changedLines(before: string[], after: string[]): LineChange[] {
  const lines: LineChange[] = [];
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const old = before[index];
    const fresh = after[index];
    if (old !== undefined && fresh !== undefined && index < MOST_PAIRS) {
      lines.push(...changedPair(old, fresh));
      continue;
    }
    if (old !== undefined) lines.push(whole('old', old));
    if (fresh !== undefined) lines.push(whole('new', fresh));
  }
  return lines;
}

/** Long stretches without a change shrink to their ends. */
function withoutLongStretches(lines: LineChange[]): LineChange[] {
  const near = new Array<boolean>(lines.length).fill(false);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    near.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const kept: LineChange[] = [];
  lines.forEach((line, index) => {
    const last = kept.at(-1);
    if (near[index]) kept.push(line);
    else if (last?.kind === 'skipped') last.count += 1;
    else kept.push({ kind: 'skipped', words: [], count: 1 });
  });
  return kept;
}

/** Compares two texts line by line, and changed lines word by word. Empty: they are the same. */
export function compareTexts(before: string, after: string): LineChange[] {
  if (before === after) return [];
  const parts = diffLines(`${before}\n`, `${after}\n`, EFFORT) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const lines: LineChange[] = [];
  let removed: string[] = [];
  for (const part of [...parts, { value: '', added: false, removed: false }]) {
    if (part.removed) {
      removed = linesOf(part.value);
      continue;
    }
    lines.push(...changedLines(removed, part.added ? linesOf(part.value) : []));
    removed = [];
    if (!part.added) lines.push(...linesOf(part.value).map((line) => whole('same', line)));
  }
  return withoutLongStretches(lines);
}

/** The changes from `base` to `mine`, made to `theirs`; null where both changed the same lines. */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  const patch = structuredPatch('', '', `${base}\n`, `${mine}\n`, undefined, undefined, {
    context: 1,
    ...EFFORT,
  });
  if (!patch) return null;
  const merged = applyPatch(`${theirs}\n`, patch, { fuzzFactor: 0 });
  return merged === false ? null : merged.replace(/\n$/, '');
}
