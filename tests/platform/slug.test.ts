import { describe, expect, it } from 'vitest';
import {
  directionOf,
  encodeSlug,
  MAX_SLUG_LENGTH,
  RESERVED_SLUGS,
  slugify,
  slugOf,
  uniqueSlug,
} from '#src/platform/slug.js';

describe('a slug', () => {
  it.each([
    ['Hello, World!', 'hello-world'],
    ["Don't & won't", 'dont-and-wont'],
    ['Ça va? Œuvre ß Đặng İstanbul', 'ca-va-oeuvre-ss-dang-istanbul'],
    ['Привет, мир', 'privet-mir'],
    ['Γειά σου Κόσμε', 'geia-soy-kosme'],
    ['Հայերեն', 'hayyeryen'],
    ['日本語', '日本語'],
    ['コーヒー と 2024年 Café', 'コーヒー-と-2024年-cafe'],
    ['한국어 제목', '한국어-제목'],
    ['שלום עולם', 'שלום-עולם'],
    ['مَرحبا بالعالم', 'مَرحبا-بالعالم'],
    ['हिन्दी में', 'हिन्दी-में'],
    ['ภาษาไทย', 'ภาษาไทย'],
    ['ﬁne ｆｕｌｌ', 'fine-full'],
    ['  --a_b--  ', 'a-b'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['a\u0000b\ud800c', 'a-bc'],
    ['Ünï', 'ueni'],
  ])('of %j is %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it.each(['', '   ', '!!!', '…', '\u200d', '́'])('of %j is the fallback', (title) => {
    expect(slugOf(title)).toBe('');
    expect(slugify(title, { fallback: 'post-7' })).toBe('post-7');
  });

  it('is cut at a word, or between graphemes, at 80 characters', () => {
    const long = slugOf('several words that go on '.repeat(20));
    expect(long.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH);
    expect(long).toMatch(
      /^(?:several-words-that-go-on-?)+(?:-several)?(?:-words)?(?:-that)?(?:-go)?$/,
    );
    expect(slugOf('x'.repeat(5000))).toBe('x'.repeat(80));
    expect(slugOf('𠮷'.repeat(60))).toBe('𠮷'.repeat(40));
    expect(slugOf('字'.repeat(90)).length).toBe(80);
  });

  it('is its own slug', () => {
    for (const title of ['日本語 a', 'مَرحبا', 'Ünï code', 'हिन्दी', 'x'.repeat(99)]) {
      expect(slugOf(slugOf(title))).toBe(slugOf(title));
    }
  });

  it('never takes a name of the site', () => {
    expect(slugify('Admin', { fallback: 'page-3' })).toBe('admin-page-3');
    expect(RESERVED_SLUGS.has('posts')).toBe(true);
  });

  it('is numbered until it is free, within the limit', async () => {
    const taken = new Set(['a', 'a-2', 'x'.repeat(80)]);
    const isTaken = (slug: string): Promise<boolean> => Promise.resolve(taken.has(slug));
    expect(await uniqueSlug('a', isTaken)).toBe('a-3');
    expect(await uniqueSlug('b', isTaken)).toBe('b');
    expect(await uniqueSlug('x'.repeat(80), isTaken)).toBe(`${'x'.repeat(78)}-2`);
  });

  it('is percent-encoded in a URL', () => {
    expect(encodeSlug('日本')).toBe('%E6%97%A5%E6%9C%AC');
  });
});

describe('the direction of a language', () => {
  it.each([
    ['en', 'ltr'],
    ['he', 'rtl'],
    ['ar-EG', 'rtl'],
    ['FA', 'rtl'],
    ['ur-Latn', 'ltr'],
    ['az-Arab-IR', 'rtl'],
    ['', 'ltr'],
    ['ja', 'ltr'],
  ])('%j is %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});
