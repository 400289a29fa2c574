/** Scripts that one language above all is written in; the rest is the site's business. */
const SCRIPTS: readonly [script: RegExp, language: string, others: RegExp][] = [
  [/\p{Script=Hebrew}/gu, 'he', /^(?:he|iw|yi)\b/],
  [/\p{Script=Arabic}/gu, 'ar', /^(?:ar|fa|ur|ckb|ps|sd|ug|ks)\b/],
  [/\p{Script=Greek}/gu, 'el', /^el\b/],
  [/\p{Script=Armenian}/gu, 'hy', /^hy\b/],
  [/\p{Script=Georgian}/gu, 'ka', /^ka\b/],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja', /^ja\b/],
  [/\p{Script=Hangul}/gu, 'ko', /^ko\b/],
  [/\p{Script=Thai}/gu, 'th', /^th\b/],
  [/\p{Script=Han}/gu, 'zh', /^(?:zh|ja|yue)\b/],
  [/\p{Script=Cyrillic}/gu, 'ru', /^(?:ru|uk|be|bg|sr|mk|kk|ky|mn|tg|tt|os|cv|ba)\b/],
  [/\p{Script=Devanagari}/gu, 'hi', /^(?:hi|mr|ne|sa)\b/],
];

const SAMPLE = 4000;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** A language tag as BCP 47 writes it, `fallback` where WordPress's word is none (`en_US` is one). */
export function languageTag(language: string, fallback: string): string {
  try {
    return Intl.getCanonicalLocales(language.trim().replace(/_/g, '-'))[0] ?? fallback;
  } catch {
    return fallback;
  }
}

/**
 * The language of a text: the site's, unless most of its letters are of a script that the site's
 * language is not written in. Decides how the text is read aloud and in which direction it runs.
 */
export function languageOf(text: string, siteLanguage: string): string {
  const sample = text.slice(0, SAMPLE);
  const letters = count(sample, /\p{L}/gu);
  if (letters < 10) return siteLanguage;
  for (const [script, language, others] of SCRIPTS) {
    const enough = language === 'ja' ? 0.2 : 0.5;
    if (count(sample, script) / letters >= enough)
      return others.test(siteLanguage.toLowerCase()) ? siteLanguage : language;
  }
  return siteLanguage;
}
