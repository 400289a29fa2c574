import { describe, expect, it } from 'vitest';
import { render } from './rendering.js';

const words = (count: number, word = 'word'): string => Array(count).fill(word).join(' ');

describe('the excerpt', () => {
  it('is the first 55 words of prose, without headings, code, tables, captions or notes', () => {
    const { excerpt } = render(
      `# Title\n\n\`\`\`\ncode\n\`\`\`\n\n![alt](/media/1 "caption")\n\nOne[^1] *two*.\n\n|t|\n|-|\n|u|\n\n${words(80)}\n\n[^1]: note`,
    );
    expect(excerpt).toBe(`One two. ${words(53)}…`);
  });

  it('is what stands before <!--more-->', () => {
    expect(render('## H\n\nFirst.\n\nSecond.\n\n<!--more-->\n\nThird.').excerpt).toBe(
      'First. Second.',
    );
    expect(render('In <!--more--> line').excerpt).toBe('In');
    expect(render('<!--more-->\n\nAfter').excerpt).toBe('After');
  });

  it('is cut at words where there are no spaces, and says so', () => {
    const { excerpt } = render('日本語の文章には空白がありません。'.repeat(30));
    expect(excerpt.length).toBeLessThan(150);
    expect(excerpt).toMatch(/^日本語の文章.*…$/);
  });

  it('cuts an endless word between graphemes', () => {
    const family = '👩‍👩‍👧‍👦';
    const { excerpt } = render(family.repeat(200));
    expect(excerpt.length).toBeLessThanOrEqual(401);
    expect(excerpt.replace('…', '').replaceAll(family, '')).toBe('');
    expect(render('x'.repeat(3000)).excerpt).toBe(`${'x'.repeat(400)}…`);
  });

  it('falls back to whatever there is', () => {
    expect(render('## Only a heading').excerpt).toBe('Only a heading');
    expect(render('').excerpt).toBe('');
    expect(render('![Just a picture](/media/1)').excerpt).toBe('Just a picture');
  });
});

describe('the text', () => {
  it('has a line per block and words of pictures, nothing that is hidden', () => {
    const { text } = render(
      '# A *b*\n\nc\nd <script>x</script> &amp; <!-- no -->e\n\n- f\n- g\n\n![h](/media/1)\n\n|i|j|\n|-|-|\n|k|l|',
    );
    expect(text).toBe('A b\nc d & e\nf\ng\nh\ni\nj\nk\nl');
  });

  it('counts words, and ideographs each', () => {
    expect(render(`It’s a well-known fact, 3.5 — ok? ${words(4)}`).wordCount).toBe(11);
    expect(render('日本語 and Latin').wordCount).toBe(5);
    expect(render('Привет, мир! שלום עולם').wordCount).toBe(4);
  });

  it('is read at 230 words or 500 ideographs a minute', () => {
    expect(render('').readingMinutes).toBe(0);
    expect(render('one').readingMinutes).toBe(1);
    expect(render(words(2300)).readingMinutes).toBe(10);
    expect(render('字'.repeat(2500)).readingMinutes).toBe(5);
  });
});
