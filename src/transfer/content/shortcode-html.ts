import type { ContentContext, ContentPicture } from './content.types.js';
import { escapeText, plainText } from './html-tree.js';
import { replaceShortcodes, type ReplaceShortcode, type Shortcode } from './shortcodes.js';

/** Languages that WordPress.com's highlighter has as shortcodes of their own. */
const LANGUAGES: ReadonlySet<string> = new Set(
  'bash c cpp csharp css diff go html java javascript js json perl php plain python ruby scala shell sql xml'.split(
    ' ',
  ),
);

function attribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;');
}

function figure(picture: ContentPicture): string {
  const caption =
    picture.caption === ''
      ? ''
      : `<figcaption>${escapeText(plainText(picture.caption))}</figcaption>`;
  return `<figure><img src="${attribute(picture.url)}" alt="${attribute(picture.alt)}">${caption}</figure>`;
}

function gallery({ attributes }: Shortcode, ctx: ContentContext): string {
  const list = attributes.ids ?? attributes.include;
  const ids = list === undefined ? null : list.split(/[\s,]+/).filter((id) => /^\d+$/.test(id));
  const pictures = ctx.gallery(ids);
  if (pictures.length === 0) {
    ctx.warn('emptyGallery', list ?? '');
    return '\n\n';
  }
  const columns = Math.min(9, Math.max(1, Number.parseInt(attributes.columns ?? '3', 10) || 3));
  return `\n\n<figure class="wp-block-gallery columns-${String(columns)}">${pictures.map(figure).join('')}</figure>\n\n`;
}

function caption({ attributes, content = '' }: Shortcode): string {
  const media = /^\s*(?:<a\b[^>]*>\s*<img\b[^>]*>\s*<\/a>|<img\b[^>]*>)/i.exec(content)?.[0] ?? '';
  const words = (attributes.caption ?? content.slice(media.length)).trim();
  const side = /^align(?:left|right|center)$/.exec(attributes.align ?? '')?.[0];
  const width = Number(attributes.width);
  const sized =
    side !== undefined && width > 0 && width < 600 && !/<img[^>]*\bwidth=/i.test(media)
      ? media.replace(/<img\b/i, `<img width="${String(width)}"`)
      : media;
  // The figure stands where the picture stood; its own alignment would float it a second time.
  const image = sized.replace(/\balign(?:left|right|center|none)\b/g, '');
  const text = words === '' ? '' : `<figcaption>${words.replace(/\n+/g, ' ')}</figcaption>`;
  return `\n\n<figure${side === undefined ? '' : ` class="${side}"`}>${image}${text}</figure>\n\n`;
}

function embed({ attributes, content }: Shortcode): string | undefined {
  const address = (content ?? attributes.src ?? attributes['0'] ?? '').trim();
  return /^https?:\/\/\S+$/.test(address) ? `\n\n${escapeText(address)}\n\n` : undefined;
}

function player(shortcode: Shortcode, ctx: ContentContext): string | undefined {
  const { attributes, name } = shortcode;
  const kinds = [
    'src',
    'mp3',
    'm4a',
    'ogg',
    'wav',
    'wma',
    'flac',
    'mp4',
    'm4v',
    'webm',
    'ogv',
    'wmv',
    'flv',
    '0',
  ];
  const address = kinds
    .map((kind) => attributes[kind])
    .find((value) => value !== undefined && /^https?:/.test(value));
  if (address === undefined) {
    ctx.warn('unknownShortcode', name);
    return undefined;
  }
  return `\n\n<${name} src="${attribute(address)}"></${name}>\n\n`;
}

function code({ name, attributes, content = '' }: Shortcode): string {
  const wished = (
    attributes.language ??
    attributes.lang ??
    (LANGUAGES.has(name) ? name : '')
  ).toLowerCase();
  const language =
    /^[\w+#.-]{1,30}$/.test(wished) && wished !== 'plain' ? ` class="language-${wished}"` : '';
  // The visual editor escaped what was typed; the text editor did not.
  const text =
    /&(?:lt|gt|amp|quot|#\d+);/.test(content) && !/<[a-z]/i.test(content)
      ? content
      : escapeText(content);
  return `\n\n<pre><code${language}>${text.replace(/^\s*?\n/, '').trimEnd()}</code></pre>\n\n`;
}

/** Square brackets that plainly are no shortcode of some plugin, but words: `[sic]`, `[1]`, `[...]`. */
function looksLikeShortcode({ name, attributes, content }: Shortcode): boolean {
  const isNamed = Object.keys(attributes).some((key) => !/^\d+$/.test(key));
  return (
    content !== undefined || isNamed || (/[_-]/.test(name) && Object.keys(attributes).length === 0)
  );
}

function htmlOf(shortcode: Shortcode, ctx: ContentContext): string | undefined {
  switch (shortcode.name) {
    case 'gallery':
      return gallery(shortcode, ctx);
    case 'caption':
    case 'wp_caption':
      return shortcode.content === undefined ? undefined : caption(shortcode);
    case 'embed':
    case 'youtube':
    case 'vimeo':
    case 'dailymotion':
    case 'wpvideo':
    case 'soundcloud':
      return embed(shortcode) ?? unknown(shortcode, ctx);
    case 'audio':
    case 'video':
      return player(shortcode, ctx);
    case 'code':
    case 'sourcecode':
    case 'source':
      return code(shortcode);
    default:
      if (LANGUAGES.has(shortcode.name) && shortcode.content !== undefined) return code(shortcode);
      return unknown(shortcode, ctx);
  }
}

function unknown(shortcode: Shortcode, ctx: ContentContext): undefined {
  if (looksLikeShortcode(shortcode)) ctx.warn('unknownShortcode', shortcode.name);
}

/** Turns WordPress's own shortcodes into HTML; others stay as visible text and are told. */
export function shortcodesToHtml(text: string, ctx: ContentContext): string {
  const replace: ReplaceShortcode = (shortcode) => htmlOf(shortcode, ctx);
  return replaceShortcodes(text, replace);
}
