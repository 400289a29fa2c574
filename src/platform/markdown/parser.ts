import MarkdownItConstructor from 'markdown-it';
import type { MarkdownIt, Renderer, Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { linkifyLikeGitHub } from './autolinks.js';
import { taskLists } from './task-lists.js';

/** Block quotes and lists deeper than this are shown as text. */
const MAX_NESTING = 60;

function footnoteNumber(tokens: Token[], index: number): { id: string; back: string } {
  const meta = tokens[index]?.meta as { id?: number; subId?: number } | null | undefined;
  const id = String((meta?.id ?? 0) + 1);
  const subId = meta?.subId ?? 0;
  return { id, back: subId > 0 ? `${id}-${String(subId)}` : id };
}

/** Footnotes with ids and ARIA roles of ours; `rewrite.ts` adds the translated labels. */
function footnoteRules(rules: Renderer['rules']): void {
  rules.footnote_ref = (tokens, index) => {
    const { id, back } = footnoteNumber(tokens, index);
    return `<sup class="footnote-ref"><a href="#fn-${id}" id="fnref-${back}" role="doc-noteref">${id}</a></sup>`;
  };
  rules.footnote_block_open = () =>
    '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n';
  rules.footnote_open = (tokens, index) =>
    `<li id="fn-${footnoteNumber(tokens, index).id}" class="footnote-item">`;
  rules.footnote_anchor = (tokens, index) => {
    const { back } = footnoteNumber(tokens, index);
    return ` <a href="#fnref-${back}" class="footnote-backref" role="doc-backlink">\u21a9\ufe0e</a>`;
  };
}

function createPostParser(allowHtml: boolean): MarkdownIt {
  const parser = new MarkdownItConstructor('default', {
    html: allowHtml,
    linkify: true,
    xhtmlOut: true,
    maxNesting: MAX_NESTING,
  });
  linkifyLikeGitHub(parser);
  parser.use(footnotes).use(taskLists);
  footnoteRules(parser.renderer.rules);
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
