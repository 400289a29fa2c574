import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { absoluteHtml, renderPost, storedHtml } from '#src/platform/markdown/index.js';
import { whatIsAlive } from './what-is-alive.js';

const base = 'https://blog.test/posts/a';

describe('HTML for readers elsewhere', () => {
  it('has only absolute addresses', () => {
    const html = storedHtml(
      '<a href="/b">b</a><a href="#c">c</a><a href="mailto:d@e">d</a><img src="/f.jpg" srcset="/g.jpg 1w, https://h.test/i.jpg 2w"><blockquote cite="https://j.test"></blockquote>',
    );
    expect(absoluteHtml(html, base)).toBe(
      '<a href="https://blog.test/b">b</a><a href="https://blog.test/posts/a#c">c</a><a href="mailto:d@e">d</a><img src="https://blog.test/f.jpg" srcset="https://blog.test/g.jpg 1w, https://h.test/i.jpg 2w"><blockquote cite="https://j.test"></blockquote>',
    );
  });

  it('loses what only a page of the site can use', () => {
    const html = storedHtml(
      '<pre tabindex="0">x</pre><a data-embed="youtube" data-embed-src="y" href="https://z">z</a>',
    );
    expect(absoluteHtml(html, base)).toBe('<pre>x</pre><a href="https://z">z</a>');
  });

  it('is as safe as it was', () => {
    const payloads = JSON.parse(
      readFileSync(new URL('../../fixtures/xss-payloads.json', import.meta.url), 'utf8'),
    ) as string[];
    for (const payload of payloads) {
      const { html } = renderPost(payload, { baseUrl: 'https://blog.test' });
      const alive = whatIsAlive(absoluteHtml(html, base)).filter(
        (fault) => !/^<img (?:src|srcset)="https:\/\/blog\.test\//.test(fault),
      );
      expect(alive).toEqual([]);
    }
  });
});
