import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  renderComment,
  renderCommonMark,
  renderPost,
  sanitizePostHtml,
} from '#src/platform/markdown/index.js';
import { whatIsAlive } from './what-is-alive.js';

const payloads = JSON.parse(
  readFileSync(new URL('../../fixtures/xss-payloads.json', import.meta.url), 'utf8'),
) as string[];

const baseUrl = 'https://blog.test';
const COMMENT_ELEMENTS = /<\/?(?!(?:a|blockquote|br|code|del|em|li|ol|p|pre|s|strong|ul)\b)[a-z]/i;

function post(markdown: string): string {
  return renderPost(markdown, { baseUrl }).html;
}

describe('hostile input', () => {
  it('is a collection of at least 200 different payloads', () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(200);
  });

  it('is found by the checker before it is sanitised', () => {
    const found = payloads.filter((payload) => whatIsAlive(renderCommonMark(payload)).length > 0);
    expect(found.length).toBeGreaterThan(200);
  });

  it.each(payloads)('leaves nothing alive in a post: %j', (payload) => {
    expect(whatIsAlive(post(payload))).toEqual([]);
  });

  it.each(payloads)('leaves nothing alive inside other markup: %j', (payload) => {
    const inHtml = `<div class="wp-block-group">\n${payload}\n</div>\n\n> - ${payload}`;
    expect(whatIsAlive(post(inHtml))).toEqual([]);
    expect(whatIsAlive(post(`<p title="${payload}">x</p>`))).toEqual([]);
    expect(whatIsAlive(post(`| a |\n|---|\n| ${payload.replace(/\n/g, ' ')} |`))).toEqual([]);
  });

  it.each(payloads)('leaves nothing alive in HTML sanitised alone: %j', (payload) => {
    expect(whatIsAlive(sanitizePostHtml(payload))).toEqual([]);
  });

  it.each(payloads)('leaves nothing alive in a comment: %j', (payload) => {
    const { html } = renderComment(payload);
    expect(whatIsAlive(html)).toEqual([]);
    expect(html).not.toMatch(COMMENT_ELEMENTS);
    expect(html).not.toMatch(/<[^>]*\s(?!href=|rel=|start=)[\w:-]+=/);
  });

  it('does not come back to life when the output is rendered or sanitised again', () => {
    for (const payload of payloads) {
      const once = post(payload);
      expect(whatIsAlive(post(once))).toEqual([]);
      expect(whatIsAlive(sanitizePostHtml(once))).toEqual([]);
      const alone = sanitizePostHtml(payload);
      expect(sanitizePostHtml(alone)).toBe(alone);
    }
  });

  it('reaches neither the contents nor the excerpt as markup that would run', () => {
    const { toc, excerpt } = renderPost('## <img src=x onerror=alert(1)> <script>x</script>Title', {
      baseUrl,
    });
    expect(toc).toEqual([{ level: 2, id: 'h-title', text: 'Title', children: [] }]);
    expect(excerpt).toBe('Title');
  });
});

describe('the checker', () => {
  it.each([
    '<script>1</script>',
    '<b onclick=x>',
    '<a href=" java\tscript:x">',
    '<img src=//evil.test>',
    '<p id=location>',
    '<p class=btn>',
    '<input type=checkbox>',
    '<svg>',
    '<p style=x>',
    '<!--x-->',
  ])('sees %s', (html) => {
    expect(whatIsAlive(html)).not.toEqual([]);
  });
});
