import { describe, expect, it } from 'vitest';
import { renderPost } from '#src/platform/markdown/index.js';
import { baseUrl, htmlOf, picture, render } from './rendering.js';

describe('GFM', () => {
  it('puts a table into a box that scrolls and takes the focus, aligned by class', () => {
    const html = htmlOf('| a | b |\n|:-:|--:|\n| 1 | 2 |');
    expect(html).toMatch(
      /^<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table>/,
    );
    expect(html).toContain('<th class="has-text-align-center" scope="col">a</th>');
    expect(html).toContain('<td class="has-text-align-right">2</td>');
    expect(html).not.toContain('style');
  });

  it('strikes through, and links bare addresses but not file names', () => {
    expect(htmlOf('~~old~~ README.md www.example.com/a(b). see@example.com')).toBe(
      '<p><s>old</s> README.md <a href="https://www.example.com/a(b)" rel="noopener">www.example.com/a(b)</a>. <a href="mailto:see@example.com">see@example.com</a></p>',
    );
  });

  it('has task lists whose boxes say their state', () => {
    const html = htmlOf('- [ ] to *do*\n- [x] done\n- [x]not one\n\n[ ] nor this');
    expect(html).toContain('<ul class="contains-task-list">');
    expect(html).toContain(
      '<input type="checkbox" class="task-box" disabled aria-label="Not done"> to <em>do</em>',
    );
    expect(html).toContain('disabled checked aria-label="Done"> done');
    expect(html).toContain('<li>[x]not one</li>');
    expect(html).toContain('<p>[ ] nor this</p>');
  });

  it('has footnotes with labels in the language asked for', () => {
    const { html } = renderPost('One[^a], two[^a].\n\n[^a]: Note', {
      baseUrl,
      t: (key, values) => `${key}:${String(values?.number ?? '')}`,
    });
    expect(html).toContain('<a href="#fn-1" role="doc-noteref" id="fnref-1">1</a>');
    expect(html).toContain('id="fnref-1-1"');
    expect(html).toContain('role="doc-endnotes" aria-label="markdown.footnotes:"');
    expect(html).toContain('aria-label="markdown.backToReference:1-1"');
    expect(html).toContain('<li class="footnote-item" id="fn-1">');
  });
});

describe('code', () => {
  it('is coloured by class names when the language is known', () => {
    const { html, hasCode } = render('```js\nconst a = "<b>";\n```');
    expect(html).toContain('<pre tabindex="0"><code class="language-js hljs">');
    expect(html).toContain('<span class="hljs-keyword">const</span>');
    expect(html).toContain('<span class="hljs-string">"&lt;b&gt;"</span>');
    expect(hasCode).toBe(true);
  });

  it('stays plain when the language is unknown or missing', () => {
    expect(htmlOf("```klingon\n<Qapla'>\n```")).toBe(
      '<pre tabindex="0"><code class="language-klingon">&lt;Qapla\'&gt;\n</code></pre>',
    );
    expect(render('no code').hasCode).toBe(false);
  });

  it('colours imported HTML as well and keeps emphasis in preformatted verse', () => {
    expect(
      htmlOf('<pre class="wp-block-code"><code class="lang-css">a{b:c}</code></pre>'),
    ).toContain('<pre tabindex="0" class="wp-block-code"><code class="language-css hljs">');
    expect(htmlOf('<pre class="wp-block-verse">A <em>rose</em></pre>')).toBe(
      '<pre class="wp-block-verse" tabindex="0">A <em>rose</em></pre>',
    );
  });
});

describe('headings', () => {
  it('start below the title, skip no level, and have ids of their own', () => {
    const { html, toc } = render('# Ünï *code*\n\n#### Deep\n\n# 日本語\n\n## Deep\n\n###### !!!');
    expect(html.match(/<h\d id="[^"]+"/g)).toEqual([
      '<h2 id="h-ueni-code"',
      '<h3 id="h-deep"',
      '<h2 id="h-日本語"',
      '<h3 id="h-deep-2"',
      '<h4 id="h-section"',
    ]);
    expect(toc.map((entry) => entry.text)).toEqual(['Ünï code', '日本語']);
    expect(toc[1]?.children[0]).toMatchObject({
      level: 3,
      id: 'h-deep-2',
      text: 'Deep',
      children: [{ level: 4, text: '!!!' }],
    });
  });

  it('start at h2 whatever the author began with, or lower when asked', () => {
    expect(htmlOf('### a')).toContain('<h2 id="h-a">');
    expect(renderPost('## a', { baseUrl, headingOffset: 3 }).html).toContain('<h4 id="h-a">');
  });

  it('has no contents without headings', () => {
    expect(render('text').toc).toEqual([]);
  });
});

describe('HTML in a post', () => {
  it('keeps details, direction, language and alignment', () => {
    expect(htmlOf('<details open><summary>S</summary>T</details>')).toBe(
      '<details open><summary>S</summary>T</details>',
    );
    expect(htmlOf('<p dir="rtl" lang="he">שלום</p>')).toBe('<p dir="rtl" lang="he">שלום</p>');
    expect(htmlOf('<p style="text-align: center; color: red">x</p>')).toBe(
      '<p class="has-text-align-center">x</p>',
    );
    expect(
      htmlOf(
        '<div class="wp-block-columns alignwide btn"><div class="wp-block-column">x</div></div>',
      ),
    ).toBe('<div class="wp-block-columns alignwide"><div class="wp-block-column">x</div></div>');
  });

  it('says old elements in today’s words', () => {
    expect(
      htmlOf(
        '<center><big>a</big> <tt>b</tt> <strike>c</strike> <acronym title="d">e</acronym></center>',
      ),
    ).toBe(
      '<div class="has-text-align-center"><span>a</span> <code>b</code> <s>c</s> <abbr title="d">e</abbr></div>',
    );
  });

  it('prefixes free ids and the links to them', () => {
    expect(htmlOf('<p id="location">x <a href="#location">y</a> <a name="top">z</a></p>')).toBe(
      '<p id="u-location">x <a href="#u-location">y</a> <a id="u-top">z</a></p>',
    );
  });

  it('drops code together with what is in it', () => {
    expect(htmlOf('a<script>b</script><style>c</style><svg><title>d</title></svg>e')).toBe(
      '<p>ae</p>',
    );
  });
});

describe('links', () => {
  it.each([
    ['[x](https://blog.test/posts/a?b#c)', '<a href="/posts/a?b#c">x</a>'],
    ['[x](http://blog.test:81/)', '<a href="http://blog.test:81/" rel="noopener">x</a>'],
    ['[x](//other.test/y)', '<a href="https://other.test/y" rel="noopener">x</a>'],
    ['[x](tel:+331234)', '<a href="tel:+331234">x</a>'],
    ['[x](about#y)', '<a href="about#y">x</a>'],
    [
      '<a href="https://o.test" rel="me opener" target="_blank">x</a>',
      '<a href="https://o.test" rel="me noopener">x</a>',
    ],
    ['<a href="javascript:1" title="t">x</a>', '<a title="t">x</a>'],
    [
      '<a href="https://o.test">a <a href="/b">b</a></a>',
      '<a href="https://o.test" rel="noopener">a </a><a href="/b">b</a>',
    ],
    [
      '[x](https://blog.test@evil.test/)',
      '<a href="https://blog.test@evil.test/" rel="noopener">x</a>',
    ],
    ['[x](/media/3)', '<a href="/media/3333.jpg">x</a>'],
  ])('%s', (markdown, html) => {
    expect(htmlOf(markdown)).toBe(`<p>${html}</p>`);
  });
});

describe('what accessibility asks for', () => {
  it('says which way a header cell heads', () => {
    const html = htmlOf(
      '<table><tr><th>a</th><th scope="colgroup">b</th></tr><tr><th>c</th><td>d</td></tr></table>',
    );
    expect(html).toContain('<th scope="col">a</th><th scope="colgroup">b</th>');
    expect(html).toContain('<th scope="row">c</th><td>d</td>');
  });

  it('makes a header cell without words an ordinary one', () => {
    expect(htmlOf('|  | a |\n|--|---|\n| b | c |')).toContain('<td></td>\n<th scope="col">a</th>');
  });

  it('gives a name to a link around a picture without words', () => {
    const bare = picture(1, { alt: '' });
    const { html } = renderPost('[![](/media/1)](/media/1) [![Cat](/media/1)](/x)', {
      baseUrl,
      media: () => bare,
    });
    expect(html.match(/alt="[^"]*"/g)).toEqual(['alt="Picture"', 'alt="Cat"']);
  });

  it('drops links and paragraphs with nothing in them', () => {
    expect(htmlOf('a <a href="/x"> </a>b <a href="/y" id="z"></a>')).toBe(
      '<p>a b <a id="u-z"></a></p>',
    );
    expect(htmlOf('<p>&nbsp;</p><p>x</p><p></p>')).toBe('<p>x</p>');
  });

  it('writes boolean attributes without a value', () => {
    expect(htmlOf('<ol reversed="reversed"><li>x</ol>')).toBe('<ol reversed><li>x</li></ol>');
  });
});
