import { describe, expect, it } from 'vitest';
import { renderComment } from '#src/platform/markdown/index.js';

function htmlOf(markdown: string): string {
  return renderComment(markdown, { baseUrl: 'https://blog.test' }).html.trim();
}

describe('a comment', () => {
  it('has emphasis, code, quotes, lists and line breaks', () => {
    expect(htmlOf('a *b* **c** `d` ~~e~~\nf')).toBe(
      '<p>a <em>b</em> <strong>c</strong> <code>d</code> <s>e</s><br>\nf</p>',
    );
    expect(htmlOf('> q\n\n3. x\n\n```js\n<y>\n```')).toBe(
      '<blockquote>\n<p>q</p>\n</blockquote>\n<ol start="3">\n<li>x</li>\n</ol>\n<pre><code>&lt;y&gt;\n</code></pre>',
    );
  });

  it('marks links as its writer’s, not ours', () => {
    expect(htmlOf('[x](https://o.test "t") www.o.test')).toBe(
      '<p><a href="https://o.test" rel="nofollow ugc noopener">x</a> <a href="https://www.o.test" rel="nofollow ugc noopener">www.o.test</a></p>',
    );
    expect(htmlOf('[x](/posts/a) <https://blog.test/b>')).toBe(
      '<p><a href="/posts/a" rel="nofollow ugc">x</a> <a href="https://blog.test/b" rel="nofollow ugc">https://blog.test/b</a></p>',
    );
  });

  it('shows headings, tables, rules and HTML as text, and no pictures', () => {
    expect(htmlOf('# a\n\n|b|\n|-|\n\n<b>c</b>')).toBe(
      '<p># a</p>\n<p>|b|<br>\n|-|</p>\n<p>&lt;b&gt;c&lt;/b&gt;</p>',
    );
    expect(htmlOf('![p](https://evil.test/t.png)')).not.toContain('<img');
    expect(htmlOf('a\n===')).toBe('<p>a<br>\n===</p>');
  });

  it('is plain text too', () => {
    expect(renderComment('*a* & [b](/c)\n\n> d').text).toBe('a & b\nd');
    expect(renderComment('').html).toBe('');
  });
});
