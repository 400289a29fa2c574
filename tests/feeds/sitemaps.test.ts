import express from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { machineRoutes } from '#src/feeds/index.js';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
import { all, parseXml, textOf } from './reading.js';

const app = useApp();

async function entries(path: string, name: string): Promise<{ loc: string; lastmod?: string }[]> {
  const answer = await app.request().get(path).expect(200);
  expect(answer.headers['content-type']).toBe('application/xml; charset=utf-8');
  const root = parseXml(answer.text);
  expect(root.attributes.xmlns).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  return all(root, name).map((entry) => ({
    loc: textOf(entry, 'loc'),
    lastmod: all(entry, 'lastmod')[0]?.text,
  }));
}

describe('the sitemap', () => {
  it('lists files that exist, each with the addresses that the public sees', async () => {
    const author = await createUser(app.db, { username: 'ines' });
    const category = await createCategory(app.db, { slug: 'sea' });
    await createCategory(app.db, { slug: 'empty' });
    const tag = await createTag(app.db, { slug: 'râle' });
    const updatedAt = new Date('2026-11-21T11:45:00Z');
    await createPost(app.db, {
      slug: '日本',
      authorId: author.id,
      categoryId: category.id,
      tagIds: [tag.id],
      updatedAt,
    });
    await createPost(app.db, { slug: 'draft', status: 'draft', tagIds: [tag.id] });
    await createPost(app.db, { slug: 'future', publishedAt: new Date('2027-01-01') });
    await createPost(app.db, { slug: 'private', status: 'private' });
    await createPost(app.db, { slug: 'about', kind: 'page', updatedAt });
    const index = await entries('/sitemap.xml', 'sitemap');
    expect(index.map((entry) => entry.loc.replace('http://blog.test/sitemaps/', ''))).toEqual([
      'site-1.xml',
      'posts-1.xml',
      'pages-1.xml',
      'categories-1.xml',
      'tags-1.xml',
      'authors-1.xml',
    ]);
    expect(index[1]?.lastmod).toBe('2026-11-21T11:45:00.000Z');
    const listed = [];
    for (const { loc } of index) {
      listed.push(...(await entries(loc.replace('http://blog.test', ''), 'url')));
    }
    expect(listed.map((entry) => entry.loc)).toEqual([
      'http://blog.test/',
      'http://blog.test/archive',
      'http://blog.test/posts/%E6%97%A5%E6%9C%AC',
      'http://blog.test/about',
      'http://blog.test/categories/sea',
      'http://blog.test/tags/r%C3%A2le',
      'http://blog.test/authors/ines',
    ]);
    for (const entry of listed.slice(2)) expect(entry.lastmod).toBe('2026-11-21T11:45:00.000Z');
  });

  it('of an empty site is valid and names the home page', async () => {
    expect(await entries('/sitemap.xml', 'sitemap')).toEqual([
      { loc: 'http://blog.test/sitemaps/site-1.xml', lastmod: undefined },
    ]);
  });

  it('is cut by id, so that a part never moves and none is too long', async () => {
    for (let number = 1; number <= 7; number += 1) {
      await createPost(app.db, { slug: `p${number}`, authorId: null });
    }
    await app.db.post.deleteMany({ where: { slug: { in: ['p4', 'p5', 'p6'] } } });
    const small = express().use(
      machineRoutes({
        db: app.ctx.db,
        now: app.clock.now,
        config: app.ctx.config,
        catalogue: app.ctx.catalogue,
        partSize: 3,
      }),
    );
    const index = await supertest(small).get('/sitemap.xml').expect(200);
    expect(index.text.match(/posts-\d\.xml/g)).toEqual(['posts-1.xml', 'posts-3.xml']);
    const part = await supertest(small).get('/sitemaps/posts-1.xml').expect(200);
    expect(part.text.match(/posts\/p\d/g)).toEqual(['posts/p1', 'posts/p2', 'posts/p3']);
    await supertest(small).get('/sitemaps/posts-2.xml').expect(404);
    expect((await supertest(small).get('/sitemaps/posts-3.xml')).text).toContain('/posts/p7');
  });

  it.each([
    'posts-0',
    'posts-2',
    'posts-99999',
    'posts-999999999',
    'posts--1',
    'people-1',
    'posts',
    'posts-1e3',
    'x'.repeat(3000),
  ])('has no part %s', async (name) => {
    await createPost(app.db);
    await app.request().get(`/sitemaps/${name}.xml`).expect(404);
  });
});
