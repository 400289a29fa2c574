import spec from 'commonmark-spec';
import { describe, expect, it } from 'vitest';
import { renderCommonMark } from '#src/platform/markdown/index.js';

const autolink = 'GFM 6.9: a bare http(s) or e-mail address is a link';
const emptyQuote = 'an empty block quote has no line feed in it; white space only';

/** Examples of CommonMark 0.31.2 whose output differs on purpose, with the reason and the output. */
const DEVIATIONS: Record<number, { why: string; html: string }> = {
  218: { why: emptyQuote, html: '<p><a href="/url">foo</a></p>\n<blockquote></blockquote>\n' },
  239: { why: emptyQuote, html: '<blockquote></blockquote>\n' },
  240: { why: emptyQuote, html: '<blockquote></blockquote>\n' },
  602: {
    why: autolink,
    html: '<p>&lt;<a href="https://foo.bar/baz">https://foo.bar/baz</a> bim&gt;</p>\n',
  },
  608: {
    why: autolink,
    html: '<p>&lt; <a href="https://foo.bar">https://foo.bar</a> &gt;</p>\n',
  },
  611: { why: autolink, html: '<p><a href="https://example.com">https://example.com</a></p>\n' },
  612: {
    why: autolink,
    html: '<p><a href="mailto:foo@bar.example.com">foo@bar.example.com</a></p>\n',
  },
};

describe('CommonMark 0.31.2', () => {
  it('has all its examples here', () => {
    expect(spec.tests.length).toBe(652);
  });

  it.each(spec.tests)('example $number, $section', ({ number, markdown, html }) => {
    const wanted = DEVIATIONS[number]?.html ?? html.replaceAll('→', '\t');
    expect(renderCommonMark(markdown.replaceAll('→', '\t'))).toBe(wanted);
  });

  it.each(Object.entries(DEVIATIONS))('example %s still deviates: $1.why', (number, { html }) => {
    expect(spec.tests.find((test) => test.number === Number(number))?.html).not.toBe(html);
  });
});
