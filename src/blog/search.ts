import { inTransaction, type Database } from '#src/platform/db.js';
import { formatCursor, type Cursor } from '#src/platform/pagination.js';
import { isWellFormed } from '#src/platform/validate.js';
import { countMatches, findTextsLike, foldWord, searchPosts, type Hit } from './search.queries.js';

/** Longest search in UTF-16 units; what is longer is cut. */
export const LONGEST_SEARCH = 200;

const PAGE = 20;
/** With fewer results than this, help with the spelling is offered. */
const FEW = 3;
const MOST_WORDS = 8;
const COUNTED = 1000;

/** Outcome of a search. */
export interface Found {
  hits: Hit[];
  /** How many there are; more than `COUNTED` are not counted on. */
  total: number;
  more: string | null;
  /** The search in another spelling that finds more, or null. */
  suggestion: string | null;
}

/** Marks have no meaning in what people type, and neither has space at the ends. */
export function cleanSearch(value: unknown): string {
  if (typeof value !== 'string' || !isWellFormed(value)) return '';
  const line = value
    .replace(/[\p{Cc}\p{Co}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.slice(0, LONGEST_SEARCH).replace(/[\uD800-\uDBFF]$/, '');
}

/** Edits between two words (Damerau-Levenshtein with adjacent swaps), counted in code points. */
function distance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(i - 2, j - 2) + 1);
      }
      (rows[i] ?? []).push(best);
    }
  }
  return at(a.length, b.length);
}

/** The word of some texts that is most like a misspelt one; null when none is near enough. */
export function nearestWord(word: string, texts: readonly string[]): string | null {
  const wanted = foldWord(word);
  const allowed = Math.max(1, Math.floor([...wanted].length / 3));
  const words = new Set(
    texts.flatMap((text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? []),
  );
  let nearest: { word: string; edits: number } | null = null;
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const edits = distance(wanted, foldWord(candidate));
    if (edits <= allowed && edits < (nearest?.edits ?? Infinity))
      nearest = { word: candidate, edits };
  }
  return nearest && nearest.edits > 0 ? nearest.word.toLocaleLowerCase() : null;
}

async function respelt(db: Database, text: string, now: Date): Promise<string> {
  const words = [...new Set(text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]{2,39}/gu) ?? [])];
  let result = text;
  for (const word of words.slice(0, MOST_WORDS)) {
    const texts = await inTransaction(db, (tx) => findTextsLike(tx, word, now));
    const better = nearestWord(word, texts);
    if (better) result = result.replaceAll(word, better);
  }
  return result;
}

async function suggestionFor(db: Database, text: string, found: number, now: Date) {
  const other = await respelt(db, text, now);
  if (other === text) return null;
  return (await countMatches(db, other, COUNTED, now)) > found ? other : null;
}

/** Searches posts and pages; on the first page with few results the spelling is looked at too. */
export async function search(
  db: Database,
  text: string,
  before: Cursor | undefined,
  now: Date,
): Promise<Found> {
  if (text === '') return { hits: [], total: 0, more: null, suggestion: null };
  const rows = await searchPosts(db, text, { before, limit: PAGE }, now);
  const hits = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? hits.at(-1) : undefined;
  const few = !before && rows.length < FEW;
  return {
    hits,
    total: !before && !last ? hits.length : await countMatches(db, text, COUNTED, now),
    more: last ? formatCursor({ at: new Date(last.score), id: last.id }) : null,
    suggestion: few ? await suggestionFor(db, text, rows.length, now) : null,
  };
}
