import { describe, expect, it } from 'vitest';
import { compareTexts, mergeTexts } from '#src/blog/text-diff.js';

function shape(before: string, after: string): string[] {
  return compareTexts(before, after).map((line) => {
    if (line.kind === 'skipped') return `… ${line.count}`;
    const words = line.words.map((word) => (word.kind === 'same' ? word.text : `[${word.text}]`));
    return `${{ same: ' ', old: '-', new: '+' }[line.kind]}${words.join('')}`;
  });
}

describe('comparing texts', () => {
  it('shows changed lines with their words, and nothing for the same', () => {
    expect(shape('a\nb c\nd', 'a\nb x\nd')).toEqual([' a', '-b [c]', '+b [x]', ' d']);
    expect(compareTexts('same', 'same')).toEqual([]);
  });

  it('knows lines that came and went, at the ends too', () => {
    expect(shape('one', 'one\ntwo')).toEqual([' one', '+[two]']);
    expect(shape('zero\none', 'one')).toEqual(['-[zero]', ' one']);
    expect(shape('', 'first')).toContain('+[first]');
    expect(shape('last', '')).toContain('-[last]');
  });

  it('folds long stretches without a change', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const changed = lines.with(15, 'other');
    const shown = shape(lines.join('\n'), changed.join('\n'));
    expect(shown[0]).toBe('… 12');
    expect(shown.at(-1)).toBe('… 11');
  });

  it('bears two books that have nothing in common', () => {
    const book = (word: string) =>
      Array.from({ length: 12_000 }, (_, index) => `${word} ${(index * 7919) % 9973}`).join('\n');
    const started = performance.now();
    expect(compareTexts(book('ebb'), book('flow')).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('putting two changes together', () => {
  const base = 'one\n\ntwo\n\nthree\n\nfour';

  it('takes both where they are apart', () => {
    expect(mergeTexts(base, base.replace('one', 'ONE'), base.replace('four', 'FOUR'))).toBe(
      'ONE\n\ntwo\n\nthree\n\nFOUR',
    );
    expect(mergeTexts(base, `${base}\n\nfive`, base.replace('one', 'ONE'))).toBe(
      'ONE\n\ntwo\n\nthree\n\nfour\n\nfive',
    );
  });

  it('gives up where they touch the same lines', () => {
    expect(mergeTexts(base, base.replace('two', 'x'), base.replace('two', 'y'))).toBeNull();
  });

  it('is theirs where mine changed nothing', () => {
    expect(mergeTexts(base, base, 'theirs')).toBe('theirs');
  });
});
