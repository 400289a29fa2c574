import MarkdownItConstructor from 'markdown-it';
import type { MarkdownIt } from 'markdown-it';
import { linkifyLikeGitHub } from './autolinks.js';
import { linearFootnotes } from './footnotes.js';
import { taskLists } from './task-lists.js';

/** Block quotes and lists deeper than this are shown as text. */
const MAX_NESTING = 60;

function createPostParser(allowHtml: boolean): MarkdownIt {
  const parser = new MarkdownItConstructor('default', {
    html: allowHtml,
    linkify: true,
    xhtmlOut: true,
    maxNesting: MAX_NESTING,
  });
  linkifyLikeGitHub(parser);
  parser.use(linearFootnotes).use(taskLists);
  return parser;
}

/** Comments: no headings, pictures, tables, rules or HTML; a line break is a line break. */
function createCommentParser(): MarkdownIt {
  const parser = new MarkdownItConstructor('default', {
    html: false,
    linkify: true,
    breaks: true,
    xhtmlOut: true,
    maxNesting: 20,
  });
  parser.disable(['heading', 'lheading', 'image', 'table', 'hr', 'reference']);
  linkifyLikeGitHub(parser);
  return parser;
}

const postParser = createPostParser(true);
const textOnlyParser = createPostParser(false);
const commentParser = createCommentParser();

/**
 * Markdown to HTML as the post renderer reads it, before any rewriting or sanitising: unsafe to
 * show. CommonMark 0.31 with GFM's tables, strikethrough, task lists and autolinks, and footnotes.
 */
export function renderCommonMark(markdown: string): string {
  return postParser.render(markdown);
}

/** The same with raw HTML shown as text: for HTML nested too deep to be parsed. Unsafe to show. */
export function renderWithoutHtml(markdown: string): string {
  return textOnlyParser.render(markdown);
}

/** A comment's Markdown to HTML, before sanitising: unsafe to show. */
export function renderCommentMarkdown(markdown: string): string {
  return commentParser.render(markdown);
}
