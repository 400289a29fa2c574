import { Prisma, type Db } from '#src/platform/db.js';
import type { Cursor } from '#src/platform/pagination.js';
import { summaryColumns, summaryJoins, visibleAt, type PostSummary } from './lists.queries.js';

/** Private-use characters around a found word; they are taken out of the text beforehand. */
export const MARK_START = '\uE000';
export const MARK_STOP = '\uE001';

/** A post or page that a search found. */
export interface Hit extends PostSummary {
  /** Rank in millionths: the place in the list together with the id. */
  score: number;
  /** Title and pieces of the text, with marks around the words found. */
  markedTitle: string;
  snippet: string;
}

const headlineOptions = `StartSel=${MARK_START}, StopSel=${MARK_STOP}`;
const snippetOptions = `${headlineOptions}, MaxFragments=2, MaxWords=24, MinWords=10, FragmentDelimiter=" … "`;
const titleOptions = `${headlineOptions}, HighlightAll=true`;

/** Fewer letters than this are no beginning of a word worth looking for. */
const SHORTEST_BEGINNING = 3;

/** Lower case without accents, as the database folds words. */
export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** LIKE pattern of a text anywhere in another. */
function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

// Each language has its own query, so that a word left out (-word) is stemmed as the post was. They
// are written out in place: as constants of the plan they can use the index.
function asQuery(config: 'en' | 'fr' | 'simple', text: string): Prisma.Sql {
  return Prisma.sql`websearch_to_tsquery(${`public.billet_${config}`}::regconfig, ${text})`;
}

const languageIs = (config: 'en' | 'fr' | 'simple') =>
  Prisma.sql`public.billet_search_config(p.language) = ${`public.billet_${config}`}::regconfig`;

/**
 * Whether words of `column` begin with the text, as nobody types whole words: `harb` finds harbours.
 * Scripts without spaces, of which the text search makes one long word, are looked for anywhere.
 */
function holds(column: Prisma.Sql, text: string): Prisma.Sql {
  const plain = foldWord(text);
  if (/[^\p{ASCII}]/u.test(plain)) {
    return Prisma.sql`public.billet_fold(${column}) LIKE public.billet_fold(${patternOf(text)})`;
  }
  if (plain.length < SHORTEST_BEGINNING) return Prisma.sql`false`;
  const beginning = `\\m${plain.replace(/[^a-z0-9 ]/g, '\\$&')}`;
  return Prisma.sql`public.billet_fold(${column}) ~ ${beginning}`;
}

function matches(text: string): Prisma.Sql {
  const inLanguage = (['en', 'fr', 'simple'] as const).map(
    (config) => Prisma.sql`(p.search @@ ${asQuery(config, text)} AND ${languageIs(config)})`,
  );
  const inTitle = holds(Prisma.sql`p.title || ' ' || p.tag_text`, text);
  return Prisma.sql`(${Prisma.join([...inLanguage, inTitle], ' OR ')})`;
}

function ownQuery(text: string): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${languageIs('en')} THEN ${asQuery('en', text)}
    WHEN ${languageIs('fr')} THEN ${asQuery('fr', text)} ELSE ${asQuery('simple', text)} END`;
}

/** SQL of a search, best first; exported so that a test can read its plan. */
export function searchSql(
  text: string,
  request: { before?: Cursor; limit: number },
  now: Date,
): Prisma.Sql {
  // In a ranked list the score takes the place of the time.
  const place = request.before
    ? Prisma.sql`WHERE (h.score::bigint, h.id) < (${request.before.at.getTime()}::bigint, ${request.before.id}::int)`
    : Prisma.empty;
  const cleaned = (column: Prisma.Sql) =>
    Prisma.sql`translate(left(${column}, 100000), ${MARK_START + MARK_STOP}, '')`;
  return Prisma.sql`
    WITH hits AS MATERIALIZED (
      SELECT p.id, round((ts_rank_cd(p.search, ${ownQuery(text)}, 1)
               + CASE WHEN ${holds(Prisma.sql`p.title`, text)} THEN 0.5 ELSE 0 END) * 1000000)::int AS score
      FROM posts p WHERE ${visibleAt(now)} AND ${matches(text)}
    ), page AS (
      SELECT h.id, h.score FROM hits h ${place} ORDER BY h.score DESC, h.id DESC LIMIT ${request.limit + 1}
    )
    SELECT ${summaryColumns}, page.score,
      ts_headline(public.billet_search_config(p.language), ${cleaned(Prisma.sql`p.title`)},
        ${ownQuery(text)}, ${titleOptions}) AS "markedTitle",
      ts_headline(public.billet_search_config(p.language), ${cleaned(Prisma.sql`p.plain_text`)},
        ${ownQuery(text)}, ${snippetOptions}) AS snippet
    FROM page JOIN posts p ON p.id = page.id ${summaryJoins}
    ORDER BY page.score DESC, p.id DESC`;
}

/** Visible posts and pages that match, best first: one row more than asked for, when there is one. */
export function searchPosts(
  db: Db,
  text: string,
  request: { before?: Cursor; limit: number },
  now: Date,
): Promise<Hit[]> {
  return db.$queryRaw<Hit[]>(searchSql(text, request, now));
}

/** How many visible posts and pages match; counts to `limit` at most. */
export async function countMatches(
  db: Db,
  text: string,
  limit: number,
  now: Date,
): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM posts p WHERE ${visibleAt(now)} AND ${matches(text)} LIMIT ${limit}) found`;
  return rows[0]?.count ?? 0;
}

/**
 * Titles and labels of visible posts that hold a word like this one (trigrams), most alike first.
 * Runs in a transaction of its own settings: the threshold is lower than PostgreSQL's.
 */
export async function findTextsLike(tx: Db, word: string, now: Date): Promise<string[]> {
  await tx.$queryRaw`SELECT set_config('pg_trgm.word_similarity_threshold', '0.35', true)`;
  const rows = await tx.$queryRaw<{ text: string }[]>`
    SELECT p.title || ' ' || p.tag_text AS text FROM posts p
    WHERE ${visibleAt(now)}
      AND public.billet_fold(${word}) OPERATOR(public.<%) public.billet_fold(p.title || ' ' || p.tag_text)
    ORDER BY public.word_similarity(public.billet_fold(${word}),
      public.billet_fold(p.title || ' ' || p.tag_text)) DESC, p.published_at DESC
    LIMIT 30`;
  return rows.map((row) => row.text);
}
