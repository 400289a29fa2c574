import { describe, expect, it } from 'vitest';
import { mediaIdsIn, renderPost } from '#src/platform/markdown/index.js';
import { baseUrl, htmlOf, picture, render } from './rendering.js';

describe('a picture of the library', () => {
  it('alone in its paragraph is a figure with both formats, sizes and its title as caption', () => {
    expect(htmlOf('![A cat](/media/3 "In the sun")')).toBe(
      '<figure><picture>' +
        '<source srcset="/media/3333-480.webp 480w, /media/3333-960.webp 960w" sizes="(min-width: 42rem) 38rem, min(100vw, 2000px)" type="image/webp">' +
        '<img src="/media/3333.jpg" srcset="/media/3333-480.jpg 480w, /media/3333-960.jpg 960w, /media/3333.jpg 2000w" sizes="(min-width: 42rem) 38rem, min(100vw, 2000px)" width="2000" height="1000" alt="A cat" loading="lazy" decoding="async">' +
        '</picture><figcaption>In the sun</figcaption></figure>',
    );
  });

  it('stays in the line when there are words beside it', () => {
    const html = htmlOf('See ![](/media/3) here');
    expect(html).toMatch(/^<p>See <picture>.*<\/picture> here<\/p>$/);
    expect(html).toContain('alt="From the library"');
  });

  it('can be linked, to itself or elsewhere, and be shown smaller', () => {
    const linked = htmlOf('[![x](/media/3)](/media/3)');
    expect(linked).toMatch(/^<figure><a href="\/media\/3333\.jpg"><picture>.*<\/a><\/figure>$/);
    const small = htmlOf(
      '<img src="/media/3" width="300" height="9999" class="size-medium alignright">',
    );
    expect(small).toContain('width="300" height="150"');
    expect(small).toContain('sizes="(min-width: 42rem) 300px, min(100vw, 300px)"');
    expect(small).toContain('class="size-medium alignright"');
  });

  it('is asked for at the size that its place has', () => {
    const sizes = (markdown: string): string | undefined =>
      /sizes="([^"]+)"/.exec(htmlOf(markdown))?.[1];
    expect(sizes('<figure class="alignwide"><img src="/media/3"></figure>')).toBe(
      '(min-width: 72rem) 68rem, min(100vw, 2000px)',
    );
    expect(
      sizes('<div class="gallery gallery-columns-3"><figure><img src="/media/3"></figure></div>'),
    ).toBe('(min-width: 42rem) 13rem, min(33vw, 2000px)');
  });

  it('gives its alignment to the figure', () => {
    const html = htmlOf('<p><img src="/media/3" align="left"></p>');
    expect(html).toMatch(/^<figure class="alignleft"><picture>/);
  });

  it('without variants is a plain image; on the operator’s own storage it is kept', () => {
    const media = picture(1, { src: 'https://files.blog.test/1.png', variants: [] });
    const { html } = renderPost('![x](/media/1)', { baseUrl, media: () => media });
    expect(html.trim()).toBe(
      '<figure><img src="https://files.blog.test/1.png" width="2000" height="1000" alt="x" loading="lazy" decoding="async"></figure>',
    );
    const stolen = renderPost('![x](/media/1) <img src="https://files.blog.test/2.png" alt=y>', {
      baseUrl,
      media: () => media,
    });
    expect(stolen.html).toContain(
      '<a class="picture" href="https://files.blog.test/2.png" rel="noopener">y</a>',
    );
  });

  it('that is not there leaves its words', () => {
    expect(htmlOf('![gone](/media/99) ![](/media/98)')).toBe(
      '<p><span class="missing-picture">gone</span> </p>',
    );
  });

  it('escapes hostile alt texts and captions', () => {
    const html = htmlOf('![a"><b](/media/3 "t</figcaption><script>")');
    expect(html).toContain('alt="a&quot;&gt;&lt;b"');
    expect(html).toContain('<figcaption>t&lt;/figcaption&gt;&lt;script&gt;</figcaption>');
  });

  it('inside imported figures and galleries keeps their classes', () => {
    const html = htmlOf(
      '<figure class="wp-block-image alignwide size-large is-style-rounded x"><img src="/media/2" class="wp-image-7" /><figcaption class="wp-element-caption">C</figcaption></figure>',
    );
    expect(html).toMatch(
      /^<figure class="wp-block-image alignwide size-large is-style-rounded"><picture>/,
    );
    expect(html).not.toContain('wp-image-7');
    expect(html).toContain('<figcaption class="wp-element-caption">C</figcaption>');
  });
});

describe('a picture elsewhere', () => {
  it('is a link with its alt text or file name, never a request', () => {
    expect(htmlOf('![A b](https://evil.test/t.png)')).toBe(
      '<p><a class="picture" href="https://evil.test/t.png" rel="noopener">A b</a></p>',
    );
    expect(htmlOf('<img src="//evil.test/a%20b.png?x">')).toContain('>a b.png</a>');
    expect(htmlOf('![](https://evil.test/%E0%A4.png)')).toContain('>%E0%A4.png</a>');
  });

  it('stands where the picture would, in a link or out of it', () => {
    expect(htmlOf('<img src="//evil.test/a.png" class="alignright size-full">')).toContain(
      '<a class="picture alignright" href=',
    );
    expect(htmlOf('<a href="/x"><img src="//evil.test/a.png" align="left" alt="A"></a>')).toContain(
      '<a href="/x"><span class="picture alignleft">A</span></a>',
    );
  });

  it('in a link leaves its words to that link', () => {
    expect(htmlOf('[![A](https://evil.test/t.png)](https://ok.test)')).toBe(
      '<p><a href="https://ok.test" rel="noopener"><span class="picture">A</span></a></p>',
    );
  });

  it('drops all sources of a picture element', () => {
    expect(
      htmlOf('<picture><source srcset="https://evil.test/x"><img src="/a.png" alt="a"></picture>'),
    ).toBe('<figure><img src="/a.png" alt="a" loading="lazy" decoding="async"></figure>');
  });
});

describe('a file of the site itself', () => {
  it('keeps its address, from the root, and honest dimensions', () => {
    expect(htmlOf('x ![a](logo.png)')).toContain('<img src="/logo.png" alt="a"');
    expect(htmlOf('<img src="https://blog.test/l.png" width="20" height="x">')).toBe(
      '<img src="/l.png" width="20" alt="" loading="lazy" decoding="async">',
    );
  });
});

describe('ids of cited pictures', () => {
  it('are found in Markdown, references, HTML and links, not in code', () => {
    const markdown = [
      '![a](/media/7) ![b][ref] [c](/media/5) <img src="/media/3"> `![](/media/1)`',
      '![d](/media/x) ![e](/media/3) ![f](https://blog.test/media/8) ![g](https://other.test/media/9)',
      '\n    ![h](/media/2)\n\n[ref]: /media/11 "t"',
    ].join('\n');
    expect(mediaIdsIn(markdown)).toEqual([3, 5, 7, 11]);
    expect(mediaIdsIn(markdown, baseUrl)).toEqual([3, 5, 7, 8, 11]);
    expect(render(markdown).mediaIds).toEqual([3, 5, 7, 8, 11]);
  });
});
