import { addClass, classesOf, type HtmlElement } from './html-tree.js';

/** Attributes that mean something to readers; the renderer lets the same ones through. */
const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  a: new Set(['href', 'hreflang', 'rel']),
  img: new Set(['src', 'alt', 'width']),
  ol: new Set(['start', 'reversed', 'type']),
  li: new Set(['value']),
  td: new Set(['colspan', 'rowspan', 'headers']),
  th: new Set(['colspan', 'rowspan', 'headers', 'scope']),
  blockquote: new Set(['cite']),
  q: new Set(['cite']),
  del: new Set(['cite', 'datetime']),
  ins: new Set(['cite', 'datetime']),
  time: new Set(['datetime']),
  details: new Set(['open']),
  iframe: new Set(['src']),
  embed: new Set(['src']),
  object: new Set(['data']),
  audio: new Set(['src']),
  video: new Set(['src']),
  source: new Set(['src']),
};

const KEPT_EVERYWHERE: ReadonlySet<string> = new Set(['class', 'dir', 'lang', 'title']);

const KEPT_CLASS: readonly RegExp[] = [
  /^align(?:left|right|center|wide|full)$/,
  /^wp-caption$|^wp-caption-text$/,
  /^columns-\d$|^is-cropped$/,
  /^wp-block-(?:gallery|columns?|cover|media-text(?:__content|__media)?|pullquote|verse|preformatted|embed(?:__wrapper)?|table)$/,
  /^has-text-align-(?:center|right)$/,
  /^has-(?:small|large|larger|x-large|huge)-font-size$|^has-drop-cap$/,
  /^has-media-on-the-right$|^is-stacked-on-mobile$/,
  /^is-style-(?:dots|wide|plain|rounded|squared|stripes)$|^is-style-large$/,
  /^language-[\w+#.-]+$/,
];

const TEXT_ALIGN = /(?:^|;)\s*text-align\s*:\s*(left|right|center)\b/i;
const MEANT_REL: ReadonlySet<string> = new Set(['license', 'me', 'nofollow', 'sponsored', 'ugc']);

/** Alignment said by `align=` or by a style becomes WordPress's class for it. */
function alignmentAsClass(node: HtmlElement): void {
  const { align, style } = node.attributes;
  const side = (align ?? TEXT_ALIGN.exec(style ?? '')?.[1] ?? '').toLowerCase();
  if (node.name === 'center') addClass(node, 'has-text-align-center');
  if (side !== 'left' && side !== 'right' && side !== 'center') return;
  const isFloat = node.name === 'img' || node.name === 'table' || node.name === 'figure';
  addClass(node, isFloat ? `align${side}` : `has-text-align-${side}`);
}

function keptRel(rel: string): string {
  return rel
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => MEANT_REL.has(word))
    .join(' ');
}

/** Leaves only the attributes and classes that readers notice. */
export function cleanAttributes(node: HtmlElement, keptIds: ReadonlySet<string>): void {
  alignmentAsClass(node);
  const kept: Record<string, string> = {};
  const id = node.attributes.id ?? (node.name === 'a' ? node.attributes.name : undefined);
  if (id !== undefined && keptIds.has(id)) kept.id = id;
  for (const [name, value] of Object.entries(node.attributes)) {
    if (KEPT_EVERYWHERE.has(name) || KEPT[node.name]?.has(name)) kept[name] = value;
  }
  const classes = classesOf(node).filter((name) =>
    KEPT_CLASS.some((pattern) => pattern.test(name)),
  );
  if (classes.length === 0) delete kept.class;
  else kept.class = classes.join(' ');
  if (kept.rel !== undefined) kept.rel = keptRel(kept.rel);
  for (const name of ['rel', 'title', 'dir', 'lang']) {
    if (kept[name]?.trim() === '') Reflect.deleteProperty(kept, name);
  }
  // A tooltip of a picture is no caption, which is what a title becomes here.
  if (node.name === 'img') delete kept.title;
  node.attributes = kept;
}
