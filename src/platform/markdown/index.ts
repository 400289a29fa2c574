/**
 * The renderer: Markdown from authors and commenters to HTML that is safe to show. Source →
 * markdown-it → a small tree (pictures, embeds, headings, links, code) → the one sanitiser.
 */
export { absoluteHtml } from './absolute.js';
export {
  emptyHtml,
  escapeHtml,
  html,
  joinHtml,
  jsonForScript,
  markedHtml,
  storedHtml,
} from './safe-html.js';
export type { SafeHtml } from './safe-html.js';
export type {
  CommentOptions,
  RenderedComment,
  RenderedPost,
  RenderMedia,
  RenderMediaVariant,
  RenderOptions,
  TocEntry,
} from './types.js';
export { renderCommonMark } from './parser.js';
export { mediaIdsIn, renderComment, renderPost, RENDERER_VERSION } from './render.js';
export { sanitizePostHtml } from './sanitize.js';
