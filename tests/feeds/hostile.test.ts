import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderPost } from '#src/platform/markdown/index.js';
import type { Role } from '#src/users/index.js';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag } from '../support/factories.js';
import { whatIsAlive } from '../platform/markdown/what-is-alive.js';
import { all, one, parseXml, textOf } from './reading.js';

const app = useApp();

const payloads = JSON.parse(
  readFileSync(new URL('../fixtures/xss-payloads.json', import.meta.url), 'utf8'),
) as string[];

const NAUGHTY = [
  '%00',
  '%0d%0aSet-Cookie:x=1',
  '%F0%9F%92%A9',
  '%ED%A0%80',
  '%',
  '%zz',
  '..%2f..%2fetc',
  "'%20OR%201=1--",
  '%3Cscript%3E',
  '__proto__',
  'constructor',
  '-1',
  '1e99',
  'NaN',
  '%E2%80%AE',
  'a'.repeat(5000),
  '%2F',
  '%5C',
  '{{7*7}}',
  '$%7B7*7%7D',
  'null',
  'undefined',
];

const CURSORS = [
  '?before=',
  '?before=x',
  '?before=0-0',
  '?after=zzzzzzzzzzz-zzzzzzz',
  '?before=1-1&before=2-2',
  '?before[]=1',
  '?before=%00',
  '?before=1-1&after=1-1',
  '?after=-1--1',
  '?q=%F0',
  '?before=zzzzzzzz-1',
  '?__proto__=1',
];

describe('naughty addresses', () => {
  it.each(NAUGHTY)('never end in an error of ours: %j', async (word) => {
    await createPost(app.db);
    for (const path of [
      `/tags/${word}/feed.xml`,
      `/categories/${word}/atom.xml`,
      `/authors/${word}/feed.json`,
      `/sitemaps/${word}.xml`,
      `/sitemaps/posts-${word}.xml`,
    ]) {
      const { status } = await app.request().get(path);
      expect([400, 404, 414], path).toContain(status);
    }
  });

  it.each(CURSORS)('nor do naughty queries: %s', async (query) => {
    await createPost(app.db);
    for (const path of [
      '/feed.xml',
      '/atom.xml',
      '/feed.json',
      '/sitemap.xml',
      '/robots.txt',
      '/opensearch.xml',
    ]) {
      const { status } = await app.request().get(path + query);
      expect([200, 400], path + query).toContain(status);
    }
  });

  it('nor do other methods or strange headers', async () => {
    for (const method of ['post', 'put', 'delete', 'patch', 'options'] as const) {
      const { status } = await app.request()[method]('/feed.xml');
      expect(status).toBeLessThan(500);
    }
    for (const headers of [
      { 'If-None-Match': '"'.repeat(5000) },
      { 'If-Modified-Since': '9'.repeat(500) },
      { Range: 'bytes=0-1' },
    ]) {
      await app.request().get('/feed.xml').set(headers).expect(200);
    }
  });

  it('show the same to every role', async () => {
    await createPost(app.db);
    await createPost(app.db, { status: 'private', title: 'Secret' });
    const anonymous = await app.request().get('/feed.xml').expect(200);
    for (const role of ['reader', 'author', 'editor', 'admin'] satisfies Role[]) {
      const { agent } = await app.loginAs(role);
      expect((await agent.get('/feed.xml').expect(200)).text).toBe(anonymous.text);
      await agent.get('/sitemap.xml').expect(200);
    }
  });
});

describe('naughty words', () => {
  it('in titles, names and texts stay words', async () => {
    const category = await createCategory(app.db, { name: '</category><x>' });
    for (const [index, payload] of payloads.slice(0, 18).entries()) {
      const text = payload.replaceAll('\0', '').replaceAll(',', ' ');
      const tag = await createTag(app.db, {
        name: `${text} ${index}`.slice(0, 200),
        slug: `t${index}`,
      });
      await createPost(app.db, {
        title: text,
        excerpt: text,
        html: renderPost(payload, { baseUrl: 'http://blog.test' }).html,
        categoryId: category.id,
        tagIds: [tag.id],
        authorId: null,
      });
    }
    const { text } = await app.request().get('/feed.xml').expect(200);
    const items = all(one(parseXml(text), 'channel'), 'item');
    expect(items).toHaveLength(18);
    for (const item of items) {
      const alive = whatIsAlive(textOf(item, 'content:encoded'));
      expect(alive.filter((fault) => !fault.startsWith('<img src="http://blog.test/'))).toEqual([]);
    }
    parseXml((await app.request().get('/atom.xml').expect(200)).text);
  });
});
