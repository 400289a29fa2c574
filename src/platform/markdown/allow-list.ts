/**
 * The allow-list of stored HTML: everything that may stand in a post or a comment. One file, so
 * that a review of it is a review of what an author, an import or a commenter can put into a page.
 *
 * Built as OWASP's "Cross Site Scripting Prevention Cheat Sheet" asks of HTML sanitising: elements,
 * attributes, protocols and class names are listed, all else goes. What is deliberately absent:
 *
 * - `script`, `style`, `link`, `meta`, `base`, `iframe`, `object`, `embed`, `form` and its controls
 *   (a disabled checkbox of a task list excepted), `svg`, `math`, `template`, `noscript`: code,
 *   foreign content and parser-state switches on which mutation attacks rest;
 * - `style=` (the content security policy refuses it), `on…`, `srcdoc`, `target`, `name` and any
 *   free `id`: an id is kept only with one of the renderer's prefixes, so that no element can stand
 *   in for `document.…` (DOM clobbering);
 * - any picture, sound or film that is not on this site: reading a post asks no third party.
 */

/** Structure and text. */
const TEXT_ELEMENTS =
  'a abbr address aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn ' +
  'div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp ' +
  'section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr';

/** Elements of a post. `input` only as a disabled checkbox, see `sanitize.ts`. */
export const POST_ELEMENTS: readonly string[] = `${TEXT_ELEMENTS} picture source img input`.split(
  ' ',
);

/** Elements of a comment. */
export const COMMENT_ELEMENTS: readonly string[] =
  'a blockquote br code del em li ol p pre s strong ul'.split(' ');

/** Elements whose content is no text for readers: they go with all that is in them. */
export const DROPPED_WITH_CONTENT: ReadonlySet<string> = new Set(
  (
    'applet audio button canvas datalist dialog frameset head iframe listing map math meter ' +
    'noembed noframes noscript object option output plaintext portal progress script select ' +
    'selectedcontent style svg template textarea title video xml xmp'
  ).split(' '),
);

/** Attributes of a post, by element; `*` is every element. */
export const POST_ATTRIBUTES: Readonly<Record<string, string[]>> = {
  '*': ['class', 'dir', 'id', 'lang', 'title', 'role', 'aria-label'],
  a: ['href', 'rel', 'hreflang', 'data-embed', 'data-embed-src'],
  blockquote: ['cite'],
  col: ['span'],
  colgroup: ['span'],
  del: ['cite', 'datetime'],
  details: ['open'],
  div: ['tabindex'],
  img: ['src', 'srcset', 'sizes', 'width', 'height', 'alt', 'loading', 'decoding'],
  input: ['type', 'disabled', 'checked'],
  ins: ['cite', 'datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  pre: ['tabindex'],
  q: ['cite'],
  source: ['srcset', 'sizes', 'type'],
  td: ['colspan', 'rowspan', 'headers'],
  th: ['colspan', 'rowspan', 'headers', 'scope'],
  time: ['datetime'],
};

/** Attributes of a comment. */
export const COMMENT_ATTRIBUTES: Readonly<Record<string, string[]>> = {
  a: ['href', 'rel'],
  ol: ['start'],
};

/** Protocols of links; addresses without one are local. */
export const LINK_PROTOCOLS: readonly string[] = ['http', 'https', 'mailto', 'tel'];

/** Roles: those that the renderer writes, and `presentation` and `note` from authors. */
export const ROLES: ReadonlySet<string> = new Set([
  'doc-backlink',
  'doc-endnotes',
  'doc-noteref',
  'group',
  'note',
  'presentation',
]);

/** Ids: headings, footnotes and back-references, and ids of an author's own HTML. */
export const KEPT_ID =
  /^(?:h-[\p{L}\p{N}\p{M}_-]+|fn-\d+|fnref-\d+(?:-\d+)?|u-[\p{L}\p{N}\p{M}_.:-]+)$/u;

/**
 * Class names: those that the renderer writes, and those of imported WordPress HTML that the style
 * sheet knows (alignment, sizes, captions, galleries, blocks).
 */
export const KEPT_CLASS: readonly RegExp[] = [
  /^(?:embed|picture|missing-picture|table-scroll|footnotes|footnotes-list|footnote-(?:item|ref|backref))$/,
  /^(?:contains-task-list|task-list-item|task-box)$/,
  /^(?:hljs(?:-[a-z_]+)?|[a-z]+_|language-[\p{L}\p{N}_+#.-]+)$/u,
  /^align(?:left|right|center|wide|full|none)$/,
  /^size-(?:thumbnail|medium|medium_large|large|full)$/,
  /^wp-caption(?:-text|-dd|-dt)?$|^wp-element-caption$/,
  /^gallery(?:-(?:item|icon|caption|columns-\d))?$|^columns-\d$|^is-cropped$/,
  /^(?:wp-block-[a-z]+(?:-[a-z]+)*|wp-block-[a-z-]+__[a-z-]+)$/,
  /^blocks-gallery-(?:grid|item|caption|item__caption)$/,
  /^has-text-align-(?:left|center|right)$/,
  /^has-(?:small|medium|large|larger|x-large|huge)-font-size$|^has-drop-cap$/,
  /^has-media-on-the-right$|^is-stacked-on-mobile$|^are-vertically-aligned-center$/,
  /^is-style-(?:default|dots|wide|large|plain|rounded|squared|outline|fill|stripes|solid-color)$/,
];

/** Whether a class name may stay. */
export function keepsClass(name: string): boolean {
  return name.length <= 64 && KEPT_CLASS.some((pattern) => pattern.test(name));
}
