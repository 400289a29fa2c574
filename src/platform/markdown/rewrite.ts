import type { Translate } from '../i18n.js';
import { DROPPED_WITH_CONTENT, LINK_PROTOCOLS } from './allow-list.js';
import { codeBlock } from './code.js';
import { embedOfFrame, embedsOfPlayer, embedsOfWrapper } from './embeds.js';
import type { HeadingLevels } from './headings.js';
import { keepId, nameLink, rewriteLink } from './links.js';
import { figureOfParagraph, pictureOf, roomIn, type Place } from './pictures.js';
import { addClass, element, isElement, textOf, type HtmlElement, type HtmlNode } from './tree.js';
import type { RenderMedia } from './types.js';

/** What one rewriting collects and what it is given. */
export interface RewriteContext {
  baseUrl: URL;
  t: Translate;
  media: (id: number) => RenderMedia | undefined;
  headings: HeadingLevels;
  usedIds: Set<string>;
  mediaIds: Set<number>;
  /** Addresses of pictures that this rendering wrote; the sanitiser keeps no other remote one. */
  pictureUrls: Set<string>;
  hasCode: boolean;
}

/** Elements that HTML has given up, and what says the same today. */
const MODERN_NAMES: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  article: 'div',
  big: 'span',
  center: 'div',
  dir: 'ul',
  font: 'span',
  footer: 'div',
  header: 'div',
  hgroup: 'div',
  main: 'div',
  nav: 'div',
  strike: 's',
  tt: 'code',
};

const ALIGNMENT_IN_STYLE = /(?:^|;)\s*text-align\s*:\s*(left|right|center)\b/i;

/** `align=` and `style="text-align: …"` become classes: the policy of the pages allows no style. */
function rewriteAlignment(node: HtmlElement, oldName: string): void {
  const { align, style } = node.attributes;
  const side = (align ?? ALIGNMENT_IN_STYLE.exec(style ?? '')?.[1] ?? '').toLowerCase();
  const isFloat = node.name === 'img' || node.name === 'table' || node.name === 'figure';
  if (oldName === 'center') addClass(node, 'has-text-align-center');
  if (side === 'left' || side === 'right' || side === 'center') {
    addClass(node, isFloat ? `align${side}` : `has-text-align-${side}`);
  }
  delete node.attributes.align;
  delete node.attributes.style;
}

function rewriteFootnotes(node: HtmlElement, { t }: RewriteContext): void {
  if (node.name === 'section' && node.attributes.role === 'doc-endnotes') {
    node.attributes['aria-label'] = t('markdown.footnotes');
  }
  if (node.attributes.role === 'doc-backlink') {
    const number = /^#fnref-([\d-]+)$/.exec(node.attributes.href ?? '')?.[1] ?? '';
    node.attributes['aria-label'] = t('markdown.backToReference', { number });
  }
}

/** A wide table scrolls in its own box, which the keyboard can reach. */
function wrapTable(node: HtmlElement, { t }: RewriteContext): HtmlElement {
  const label = t('markdown.table');
  const attributes = { class: 'table-scroll', role: 'group', tabindex: '0', 'aria-label': label };
  return element('div', attributes, [node]);
}

function rewriteCheckbox(node: HtmlElement, { t }: RewriteContext): HtmlNode[] {
  if (node.attributes.type?.toLowerCase() !== 'checkbox') return [];
  const checked = 'checked' in node.attributes;
  const label = t(checked ? 'markdown.taskDone' : 'markdown.taskOpen');
  const attributes: Record<string, string> = { type: 'checkbox', class: 'task-box', disabled: '' };
  if (checked) attributes.checked = '';
  return [element('input', { ...attributes, 'aria-label': label })];
}

function rewriteCite(node: HtmlElement): void {
  const { cite } = node.attributes;
  if (cite === undefined) return;
  const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(cite.trim())?.[1]?.toLowerCase();
  if (protocol === undefined || !LINK_PROTOCOLS.includes(protocol)) delete node.attributes.cite;
}

/** Preformatted text may be wide: the keyboard can reach and scroll it. */
function preformatted(node: HtmlElement, ctx: RewriteContext): HtmlNode[] | undefined {
  ctx.hasCode = true;
  const block = codeBlock(node);
  if (block !== undefined) return [block];
  node.attributes.tabindex = '0';
  return undefined;
}

/** Elements that are replaced whole; undefined for all others. */
function replacement(node: HtmlElement, ctx: RewriteContext, place: Place): HtmlNode[] | undefined {
  switch (node.name) {
    case 'img':
    case 'image':
      return pictureOf(node, ctx, place);
    case 'picture':
      return rewriteChildren(node, ctx, place).filter((child) => !isElement(child, 'source'));
    case 'iframe':
    case 'embed':
    case 'object':
      return embedOfFrame(node, ctx, place.inLink);
    case 'video':
    case 'audio':
      return embedsOfPlayer(node, ctx, place.inLink);
    case 'input':
      return rewriteCheckbox(node, ctx);
    case 'pre':
      return preformatted(node, ctx);
    default:
      return DROPPED_WITH_CONTENT.has(node.name) ? [] : undefined;
  }
}

/**
 * Header cells say what they head: their column in a row of headers, else their row (WCAG H63). One
 * that says nothing heads nothing.
 */
function scopeHeaders(row: HtmlElement): void {
  const cells = row.children.filter((cell) => cell.kind === 'element');
  const scope = cells.every((cell) => cell.name === 'th') ? 'col' : 'row';
  for (const cell of cells.filter(({ name }) => name === 'th')) {
    if (cell.children.some((child) => isElement(child) || textOf(child).trim() !== '')) {
      cell.attributes.scope ??= scope;
    } else {
      cell.name = 'td';
      delete cell.attributes.scope;
    }
  }
}

/** What a finished element becomes where its place or its content asks for more. */
function finish(node: HtmlElement, ctx: RewriteContext): HtmlNode[] {
  switch (node.name) {
    case 'a':
      return nameLink(node, ctx.t);
    case 'p':
      return figureOfParagraph(node);
    case 'table':
      return [wrapTable(node, ctx)];
    case 'tr':
      scopeHeaders(node);
      return [node];
    default:
      return [node];
  }
}

function rewriteElement(node: HtmlElement, ctx: RewriteContext, place: Place): HtmlNode[] {
  delete node.attributes.tabindex;
  const whole = replacement(node, ctx, place);
  if (whole !== undefined) return whole;
  const oldName = node.name;
  node.name = MODERN_NAMES[oldName] ?? oldName;
  rewriteAlignment(node, oldName);
  rewriteFootnotes(node, ctx);
  rewriteCite(node);
  if (node.name === 'a') {
    // A link in a link is no HTML: the inner one keeps its text.
    if (place.inLink) return rewriteChildren(node, ctx, place);
    rewriteLink(node, ctx);
  }
  node.children = rewriteChildren(node, ctx, {
    inLink: place.inLink || node.name === 'a',
    room: roomIn(node, place.room),
  });
  // After the children: an id is made of what is left of the text.
  if (!ctx.headings.rewrite(node, ctx.usedIds)) keepId(node, ctx.usedIds);
  embedsOfWrapper(node, ctx);
  return finish(node, ctx);
}

/** Rewrites the children of a node; the node itself is left alone. */
export function rewriteChildren(
  node: HtmlElement,
  ctx: RewriteContext,
  place: Place = { inLink: false, room: 'column' },
): HtmlNode[] {
  return node.children.flatMap((child) => {
    if (child.kind !== 'element') return [child];
    return rewriteElement(child, ctx, place);
  });
}
