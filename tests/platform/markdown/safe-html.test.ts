import { describe, expect, it } from 'vitest';
import {
  emptyHtml,
  escapeHtml,
  html,
  joinHtml,
  markedHtml,
  storedHtml,
} from '#src/platform/markdown/index.js';

describe('safe HTML', () => {
  it('escapes text for content and for attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
    );
  });

  it('escapes every value of a template', () => {
    expect(html`<p title="${'"'}">${1} ${'<b>'}</p>`).toBe('<p title="&quot;">1 &lt;b&gt;</p>');
  });

  it('joins what is safe and escapes the separator', () => {
    expect(joinHtml([html`<b>a</b>`, emptyHtml, escapeHtml('&')], ' > ')).toBe(
      '<b>a</b> &gt;  &gt; &amp;',
    );
  });

  it('passes stored HTML on', () => {
    expect(storedHtml('<p>x</p>')).toBe('<p>x</p>');
  });

  it('marks what was found and nothing else', () => {
    expect(markedHtml('a <b> [[c & d]] e]] [[f', '[[', ']]')).toBe(
      'a &lt;b&gt; <mark>c &amp; d</mark> e <mark>f</mark>',
    );
    expect(markedHtml(']]x', '[[', ']]')).toBe('x');
  });
});
