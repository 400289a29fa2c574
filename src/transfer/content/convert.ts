import { autop } from './autop.js';
import { hasBlocks, stripBlockComments } from './block-comments.js';
import { cleanContent } from './clean.js';
import type { ContentContext, ConvertedContent } from './content.types.js';
import { HtmlTooDeepError, parseHtml } from './html-tree.js';
import { escapeMarkdown } from './inline-markdown.js';
import { markdownOf } from './markdown.js';
import { PictureList } from './pictures.js';
import { shortcodesToHtml } from './shortcode-html.js';

/**
 * Turns the content of a WordPress post, of the classic or the block editor, into Markdown with HTML
 * only where Markdown has no word for it.
 */
export function convertContent(content: string, ctx: ContentContext): ConvertedContent {
  const pictures = new PictureList();
  const text = content.replace(/\r\n?/g, '\n').toWellFormed();
  const isBlockContent = hasBlocks(text);
  const html = shortcodesToHtml(
    isBlockContent ? stripBlockComments(text, (name) => ctx.warn('dynamicBlock', name)) : text,
    ctx,
  );
  try {
    const parsed = parseHtml(html);
    const root = isBlockContent ? parsed : autop(parsed);
    const markdown = markdownOf(cleanContent(root, ctx, pictures));
    return { markdown, pictures: pictures.all() };
  } catch (error) {
    if (!(error instanceof HtmlTooDeepError)) throw error;
    ctx.warn('tooDeep', '');
    return { markdown: escapeMarkdown(html.replace(/<[^>]*>/g, ' ')).trim(), pictures: [] };
  }
}
