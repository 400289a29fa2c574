import slugifyLatin from '@sindresorhus/slugify';

/** Longest slug made here, in UTF-16 code units. */
export const MAX_SLUG_LENGTH = 80;

/** First path segments that belong to the site itself; a page cannot take them. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(
  (
    'about-blank account admin api archive assets atom atom.xml authors categories comments confirm ' +
    'contact css dev favicon.ico feed feed.json feed.xml fonts healthz img js links live login logout ' +
    'manifest.webmanifest media metrics new null offline opensearch.xml page pages password posts ' +
    'prefs readyz register robots.txt rss search setup sitemap sitemap.xml sitemaps static tags ' +
    'undefined users well-known'
  ).split(' '),
);

/** A letter of a script that is kept as it is: not Latin, Cyrillic, Greek or Armenian. */
const KEPT_LETTER =
  /[^\P{L}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * Cuts at the last hyphen that leaves at most `limit` code units; a single long word is cut between
 * two graphemes.
 */
function shorten(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const border = slug.charAt(limit) === '-' ? limit : slug.lastIndexOf('-', limit - 1);
  if (border > limit / 3) return slug.slice(0, border);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(slug.slice(0, limit * 2))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return slug.slice(0, end === 0 ? limit : end).replace(/-+$/, '');
}

function slugOfWord(word: string): string {
  return KEPT_LETTER.test(word) ? word.toLowerCase() : slugifyLatin(word, { decamelize: false });
}

/**
 * The slug of a title in any script, or an empty string where it has neither letters nor digits.
 * Latin, Cyrillic, Greek and Armenian are transliterated to a–z; letters of other scripts stay
 * (percent-encoded in URLs), so that `日本語` is `日本語`. Lower case, NFC, words joined by hyphens,
 * at most 80 code units cut at a word's border.
 */
export function slugOf(title: string): string {
  // Bounded before the regular expressions: a title may be a pasted book.
  const text = title
    .slice(0, 1000)
    .replace(/\p{Surrogate}/gu, '')

    .normalize('NFKC')
    .replace(/\u200d/gu, '');
  const slug = KEPT_LETTER.test(text)
    ? text
        .split(/[^\p{L}\p{N}\p{M}]+/u)
        .map(slugOfWord)
        .filter((word) => word !== '')
        .join('-')
    : slugifyLatin(text, { decamelize: false });
  return shorten(slug.normalize('NFC'), MAX_SLUG_LENGTH);
}

/** The slug of a title, never empty (`fallback` stands in) and never a reserved word. */
export function slugify(title: string, options: { fallback: string }): string {
  const slug = slugOf(title);
  if (slug === '') return options.fallback;
  return RESERVED_SLUGS.has(slug) ? `${slug}-${options.fallback}` : slug;
}

/**
 * The first of `base`, `base-2`, `base-3` … that `taken` says is free. The database's unique
 * constraint still decides between two that ask at once.
 */
export async function uniqueSlug(
  base: string,
  taken: (slug: string) => Promise<boolean>,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${String(number)}`;
    const candidate = shorten(base, MAX_SLUG_LENGTH - suffix.length) + suffix;
    if (!(await taken(candidate))) return candidate;
  }
}

/** A slug as a path segment of a URL. */
export function encodeSlug(slug: string): string {
  return encodeURIComponent(slug);
}

/** Scripts that run from right to left (ISO 15924). */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(
  'Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa'.split(' '),
);

/**
 * Writing direction of a BCP 47 language tag: its script decides, the usual one where the tag names
 * none (`he`, `az-Arab`; `ur-Latn` is left to right). What is no tag is left to right.
 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}
