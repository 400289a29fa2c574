import path from 'node:path';
import { loadCatalogue, type Translate } from '../i18n.js';
import { programRoot } from '../paths.js';
import { HeadingLevels } from './headings.js';
import { mediaIdOf } from './links.js';
import { renderCommentMarkdown, renderCommonMark, renderWithoutHtml } from './parser.js';
import { rewriteChildren, type RewriteContext } from './rewrite.js';
import { sanitizeComment, sanitizeRendered } from './sanitize.js';
import { excerptOf, linesOf, measureText, tocOf } from './text.js';
import { HtmlTooDeepError, parseHtml, serializeChildren, type HtmlElement } from './tree.js';
import type { CommentOptions, RenderedComment, RenderedPost, RenderOptions } from './types.js';

/** Rises when the same Markdown gives other HTML: stored HTML with a lower number is made again. */
export const RENDERER_VERSION = 2;

let english: Translate | undefined;

function englishWords(): Translate {
  english ??= loadCatalogue(path.join(programRoot, 'locales')).translator('en');
  return english;
}

function parseMarkdown(markdown: string): HtmlElement {
  try {
    return parseHtml(renderCommonMark(markdown));
  } catch (error) {
    if (error instanceof HtmlTooDeepError) return parseHtml(renderWithoutHtml(markdown));
    throw error;
  }
}

/**
 * Renders a post: HTML to store and show, and what is known about it. The same input gives the same
 * output. Time grows with the length of the text, whatever stands in it.
 * @throws {TypeError} when `baseUrl` is no absolute URL
 */
export function renderPost(markdown: string, options: RenderOptions): RenderedPost {
  const root = parseMarkdown(markdown);
  const ctx: RewriteContext = {
    baseUrl: new URL(options.baseUrl),
    t: options.t ?? englishWords(),
    media: options.media ?? (() => undefined),
    headings: new HeadingLevels(root, options.headingOffset ?? 1),
    usedIds: new Set(),
    mediaIds: new Set(),
    pictureUrls: new Set(),
    hasCode: false,
  };
  root.children = rewriteChildren(root, ctx);
  const lines = linesOf(root);
  const text = lines.lines.map((line) => line.text).join('\n');
  return {
    html: sanitizeRendered(serializeChildren(root), ctx.pictureUrls),
    toc: tocOf(root),
    text,
    excerpt: excerptOf(lines),
    ...measureText(text),
    mediaIds: [...ctx.mediaIds].toSorted((a, b) => a - b),
    hasCode: ctx.hasCode,
    rendererVersion: RENDERER_VERSION,
  };
}

/**
 * Renders a comment: paragraphs, emphasis, code, quotes, lists and links (`nofollow ugc`); pictures,
 * headings and tables are not read, HTML is shown as text.
 */
export function renderComment(markdown: string, options: CommentOptions = {}): RenderedComment {
  const origin = options.baseUrl === undefined ? undefined : new URL(options.baseUrl).origin;
  const html = sanitizeComment(renderCommentMarkdown(markdown), origin);
  const { lines } = linesOf(parseHtml(html));
  return { html, text: lines.map((line) => line.text).join('\n') };
}

function collectMediaIds(node: HtmlElement, found: Set<number>, baseUrl: URL | undefined): void {
  for (const name of ['src', 'href', 'data', 'poster']) {
    const id = mediaIdOf(node.attributes[name] ?? '', baseUrl);
    if (id !== undefined) found.add(id);
  }
  for (const child of node.children) {
    if (child.kind === 'element') collectMediaIds(child, found, baseUrl);
  }
}

/**
 * Ids of all pictures that a Markdown text cites as `/media/<id>`, ascending: what to load before
 * rendering, and what is in use. With `baseUrl`, absolute addresses of the site count too.
 */
export function mediaIdsIn(markdown: string, baseUrl?: string): number[] {
  const found = new Set<number>();
  const base = baseUrl === undefined ? undefined : new URL(baseUrl);
  collectMediaIds(parseMarkdown(markdown), found, base);
  return [...found].toSorted((a, b) => a - b);
}
