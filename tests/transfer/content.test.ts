import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderCommonMark } from '#src/platform/markdown/index.js';
import { canonicalHtml } from '#src/transfer/content/canonical.js';
import { commentMarkdown } from '#src/transfer/content/comment-markdown.js';
import type { ContentContext } from '#src/transfer/content/content.types.js';
import { convertContent } from '#src/transfer/content/convert.js';
import { parseHtml, textOf } from '#src/transfer/content/html-tree.js';
import { readWxrFile } from '#src/transfer/wordpress/wxr-reader.js';
import { themeData } from './small-site.js';

const warnings: string[] = [];

/** A site that knows every picture by its address, and no links. */
const ctx: ContentContext = {
  picture: (address) =>
    /^https?:/.test(address)
      ? { url: address.replace(/\?.*$/, ''), alt: '', caption: '' }
      : undefined,
  linkedPicture: (address) =>
    /\.(?:jpe?g|png|gif)$/.test(address) ? { url: address, alt: '', caption: '' } : undefined,
  gallery: (ids) =>
    (ids ?? ['9']).map((id) => ({
      url: `https://old.example/${id}.jpg`,
      alt: `Nr ${id}`,
      caption: id === '1' ? 'One' : '',
    })),
  link: (address) => address,
  warn: (reason, detail) => void warnings.push(`${reason}:${detail}`),
};

function markdown(content: string): string {
  warnings.length = 0;
  return convertContent(content, ctx).markdown;
}

test.each([
  ['paragraphs and line breaks of the classic editor', 'One\ntwo\n\nThree', 'One\\\ntwo\n\nThree'],
  ['a block ends a paragraph', 'Before\n<h2>Head</h2>\nAfter', 'Before\n\n## Head\n\nAfter'],
  [
    'marks, their spaces outside',
    'a <b>bold </b>word, <i>so</i> <code>x `y`</code> <s>no</s>',
    'a **bold** word, *so* `` x `y` `` ~~no~~',
  ],
  [
    'what has no mark stays HTML',
    'H<sub>2</sub>O and <abbr title="x">y</abbr>',
    'H<sub>2</sub>O and <abbr title="x">y</abbr>',
  ],
  [
    'characters that mean something are escaped',
    '1. not a list *star* [x] <b>#</b>\n\n# not a head',
    '1\\. not a list \\*star\\* \\[x] **#**\n\n\\# not a head',
  ],
  ['lists in lists', '<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>', '- a\n  1. b\n- c'],
  ['two lists side by side stay two', '<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n* b'],
  ['a quotation', '<blockquote>One\n\nTwo</blockquote>', '> One\n>\n> Two'],
  [
    'a simple table',
    '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1 | 2</td><td><b>x</b></td></tr></tbody></table>',
    '| A | B |\n| --- | --- |\n| 1 \\| 2 | **x** |',
  ],
  [
    'a table without a head stays HTML',
    '<table><tr><td>1</td></tr></table>',
    '<table>\n<tr>\n<td>1</td>\n</tr>\n</table>',
  ],
  ['code keeps its lines', '<pre>a\n\n  b < c</pre>', '```\na\n\n  b < c\n```'],
  [
    'alignment stays HTML',
    '<p style="text-align: right">r</p>',
    '<p class="has-text-align-right">r</p>',
  ],
  [
    'a picture and its size',
    '<img class="alignleft" src="https://old.example/a.jpg?w=300" alt="A" width="300" height="2">',
    '<p><img class="alignleft" src="https://old.example/a.jpg" alt="A" width="300"></p>',
  ],
  [
    'a picture with a caption',
    '[caption width="800"]<img src="https://old.example/a.jpg" alt="A"> Its words[/caption]',
    '![A](https://old.example/a.jpg "Its words")',
  ],
  [
    'a caption at the side',
    '[caption align="alignright" width="300"]<img src="https://old.example/a.jpg" alt="A"> W[/caption]',
    '<figure class="alignright"><img width="300" src="https://old.example/a.jpg" alt="A"><figcaption>W</figcaption></figure>',
  ],
  [
    'a gallery',
    '[gallery ids="1,2" columns="2"]',
    '<figure class="wp-block-gallery columns-2">\n<figure><img src="https://old.example/1.jpg" alt="Nr 1"><figcaption>One</figcaption></figure>\n<figure><img src="https://old.example/2.jpg" alt="Nr 2"></figure>\n</figure>',
  ],
  ['an embed', '[embed]https://video.example/1[/embed]', 'https://video.example/1'],
  [
    'sound',
    '[audio mp3="https://old.example/a.mp3"]',
    '<audio src="https://old.example/a.mp3"></audio>',
  ],
  ['more, and pages', 'a\n<!--more Read on-->\nb<!--nextpage-->c', 'a\n\n<!--more-->\n\nbc'],
  [
    'brackets that are words',
    'He said [sic] and [1] and [...]',
    'He said \\[sic] and \\[1] and \\[...]',
  ],
  ['an escaped shortcode', 'Write [[gallery]]', 'Write \\[gallery]'],
  [
    'typographic quotes in a shortcode',
    '[gallery ids=\u201c2\u201d]',
    '<figure class="wp-block-gallery columns-3">\n<figure><img src="https://old.example/2.jpg" alt="Nr 2"></figure>\n</figure>',
  ],
  [
    'columns hold Markdown',
    '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column"><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->',
    '<div class="wp-block-columns">\n\n<div class="wp-block-column">\n\na\n\n</div>\n\n</div>',
  ],
  [
    'a spacer and a script leave nothing',
    '<!-- wp:spacer --><div style="height:9px" class="wp-block-spacer"></div><!-- /wp:spacer --><script>x</script>',
    '',
  ],
  [
    'a picture in the text as data is its words',
    'x <img src="data:image/png;base64,AA" alt="dot"> y',
    'x dot y',
  ],
])('%s', (_name, content, expected) => {
  expect(markdown(content)).toBe(expected);
});

test('what is not kept is told', () => {
  markdown(
    '[slider id="2"] <script>x</script><form><input></form> <iframe src="https://maps.example/x"></iframe><!-- wp:calendar /-->',
  );
  expect(warnings.sort()).toEqual(
    [
      'dynamicBlock:calendar',
      'embed:maps.example',
      'form:form',
      'script:script',
      'unknownShortcode:slider',
    ].sort(),
  );
  expect(markdown('[slider id="2"]words[/slider]')).toBe('\\[slider id="2"]words\\[/slider]');
});

test('comments have Markdown without HTML', () => {
  expect(
    commentMarkdown(
      '<h2>Head</h2>A <b>b</b> <img src="https://x.example/a.jpg" alt="pic"> 2 < 3\nnext\n\n<script>x</script><ul><li>one</li></ul>',
    ),
  ).toBe('**Head**\n\nA **b** [pic](https://x.example/a.jpg) 2 < 3\nnext\n\n- one');
  expect(
    commentMarkdown(
      '<a href="javascript:alert(1)">x</a> <table><tr><td>a</td><td>b</td></tr></table>',
    ),
  ).toBe('x\n\na · b');
});

test.each([
  '<div>'.repeat(5000),
  '[caption]'.repeat(20_000),
  '[a '.repeat(50_000),
  '[a b="'.repeat(50_000),
  `${'[slider]'.repeat(20_000)}[/slider]`,
  `${'<b>'.repeat(1500)}x`,
  '*_`['.repeat(5000),
  '['.repeat(50_000),
  '<pre>'.repeat(1500),
  '<!--'.repeat(200_000),
  '<br'.repeat(200_000),
  '<!-- wp:a {'.repeat(100_000),
  `x${' '.repeat(500_000)}y`,
  `x${'\n'.repeat(200_000)}y`,
])('hostile content takes no time to speak of', (hostile) => {
  const started = performance.now();
  expect(typeof markdown(hostile)).toBe('string');
  expect(commentMarkdown(hostile.slice(0, 100_000))).toBeTypeOf('string');
  expect(performance.now() - started).toBeLessThan(20_000);
});

/** Words that readers see, without white space. */
function words(html: string): string {
  return textOf(parseHtml(html.replace(/<!--[\s\S]*?-->/g, ''))).replace(/\s+/g, '');
}

test.skipIf(!existsSync(themeData))('no word of the theme test data is lost or added', async () => {
  for await (const record of readWxrFile(themeData)) {
    if (record.kind !== 'item' || !/^(?:post|page)$/.test(record.item.type)) continue;
    if (/\[(?:gallery|caption|audio|embed)|<img|wp:cover|<dl id/.test(record.item.content))
      continue;
    const html = renderCommonMark(markdown(record.item.content));
    expect([record.item.title, words(html)]).toEqual([
      record.item.title,
      words(record.item.content),
    ]);
  }
});

test('the same content says the same, however it is written', () => {
  expect(canonicalHtml('<p>a <b>b</b></p>\n<ul><li><p>c</p></li></ul>')).toBe(
    canonicalHtml('<p>a\n<strong>b</strong></p><ul><li>c</li></ul>'),
  );
  expect(canonicalHtml('<p>a</p>')).not.toBe(canonicalHtml('<p>b</p>'));
});
