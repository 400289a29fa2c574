import { describe, expect, it } from 'vitest';
import { renderComment, renderPost, sanitizePostHtml } from '#src/platform/markdown/index.js';
import { whatIsAlive } from './what-is-alive.js';

const baseUrl = 'https://blog.test';

/** Patterns that made one parser or another quadratic, exponential or recursive without end. */
const PATTERNS: Record<string, (length: number) => string> = {
  'open brackets': (n) => '['.repeat(n),
  'open pictures': (n) => '!['.repeat(n / 2),
  'unfinished links': (n) => '[a]('.repeat(n / 4),
  'link titles': (n) => '[a](b "'.repeat(n / 7),
  asterisks: (n) => '*'.repeat(n),
  'mixed emphasis': (n) => '*a_ '.repeat(n / 4),
  'strong that never closes': (n) => 'a**b '.repeat(n / 5),
  'block quotes': (n) => '>'.repeat(n),
  'nested lists': (n) => '- '.repeat(n / 2),
  backticks: (n) => Array.from({ length: Math.sqrt(n * 2) }, (_, i) => '`'.repeat(i)).join(' '),
  'angle brackets': (n) => '<'.repeat(n),
  comments: (n) => '<!--'.repeat(n / 4),
  'nested elements': (n) => '<div>'.repeat(n / 5),
  'nested and wrongly closed': (n) => '<div><b></x>'.repeat(n / 12),
  'nested inline': (n) => `x ${'<b>'.repeat(n / 3)}`,
  'closing tags': (n) => '</p>'.repeat(n / 4),
  'unclosed attributes': (n) => '<a title="'.repeat(n / 10),
  'many attributes': (n) => `<p ${'a=1 '.repeat(n / 4)}>`,
  'one attribute': (n) => `<p class="${'a '.repeat(n / 2)}">`,
  tables: (n) => `${'|a'.repeat(500)}\n${'|-'.repeat(500)}\n${'|a\n'.repeat((n - 2000) / 3)}`,
  'table cells': (n) => `${'|'.repeat(n / 2)}\n${'|-'.repeat(n / 4)}`,
  footnotes: (n) => '[^a]'.repeat(n / 4),
  'inline footnotes': (n) => '^['.repeat(n / 2),
  'reference definitions': (n) => '[a]: b\n'.repeat(n / 14) + '[a]'.repeat(n / 6),
  addresses: (n) => 'http://'.repeat(n / 7),
  'www addresses': (n) => 'www.a.'.repeat(n / 6),
  'mail addresses': (n) => 'a@b.'.repeat(n / 4),
  entities: (n) => '&amp'.repeat(n / 4),
  headings: (n) => '# a\n'.repeat(n / 4),
  'equal ids': (n) => '<p id=a>'.repeat(n / 8),
  pictures: (n) => '![a](/media/1)'.repeat(n / 14),
  'unclosed code': (n) => `\`\`\`js\n${'/*"\'`${'.repeat(n / 7)}`,
  'combining marks': (n) => 'a\u0301'.repeat(n / 2),
  'one word': (n) => 'a'.repeat(n),
  'zero-width joiners': (n) => '👩\u200d'.repeat(n / 3),
};

function seconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

describe('100,000 characters of', () => {
  // A quadratic step takes minutes here; the bound is wide enough for a busy machine.
  it.each(Object.entries(PATTERNS))('%s are rendered in time and safe', (_name, pattern) => {
    const text = pattern(100_000);
    let html = '';
    expect(
      seconds(() => {
        html = renderPost(text, { baseUrl }).html + renderComment(text).html;
        html += sanitizePostHtml(text);
      }),
    ).toBeLessThan(10);
    expect(whatIsAlive(html).filter((fault) => !fault.endsWith('twice'))).toEqual([]);
  });
});

describe('nesting', () => {
  it('of HTML ends at a depth that nothing can overflow', () => {
    const { html, text } = renderPost(`${'<div>'.repeat(1500)}deep`, { baseUrl });
    expect(html.match(/<div>/g)?.length).toBeLessThanOrEqual(100);
    expect(text).toBe('deep');
  });

  it('beyond the parser’s limit shows the HTML as text', () => {
    const { html } = renderPost(`${'<div>'.repeat(3000)}deep`, { baseUrl });
    expect(html).toContain('&lt;div&gt;');
    expect(html).not.toContain('<div>');
    expect(sanitizePostHtml('<i>'.repeat(3000))).toMatch(/^(?:&lt;i&gt;)+$/);
  });
});
