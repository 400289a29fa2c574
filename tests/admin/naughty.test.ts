import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createMedia, createPost, createTag } from '../support/factories.js';

const app = useApp();

const words = [
  '',
  '\0',
  '\ud800',
  '%',
  "'; DROP TABLE posts; --",
  '-1',
  '1e9',
  '99999999999',
  'ﷺ'.repeat(50),
  '../..',
];
const values: unknown[] = [...words, null, 7, true, [], ['x', 'y'], {}, { a: { b: 'c' } }, [[1]]];

const names = [
  'title',
  'slug',
  'body',
  'excerpt',
  'categoryId',
  'categoryIds',
  'tags',
  'coverId',
  'coverAlt',
  'status',
  'publishedAt',
  'language',
  'commentsOpen',
  'sticky',
  'version',
  'autosaveKey',
  'intent',
  'mergedWith',
  'ids',
  'action',
  'returnTo',
  'name',
  'description',
  'parentId',
  'into',
  'direction',
  'target',
  'url',
  'label',
  'move',
  'location',
  'timeZone',
  'postsPerPage',
  'footer',
  'kind',
  'postId',
  'baseVersion',
  'fields',
];

const posts = [
  '/admin/posts',
  '/admin/posts/1',
  '/admin/posts/batch',
  '/admin/posts/1/restoration',
  '/admin/posts/1/revisions/1/restoration',
  '/admin/pages',
  '/admin/pages/1',
  '/admin/pages/batch',
  '/admin/preview',
  '/admin/categories',
  '/admin/categories/1',
  '/admin/categories/1/position',
  '/admin/tags',
  '/admin/tags/1',
  '/admin/tags/1/merger',
  '/admin/menu',
  '/admin/menu/beginning',
  '/admin/menu/1',
  '/admin/menu/1/position',
  '/admin/settings',
  '/admin/autosaves/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/deletion',
];

const gets = [
  '/admin',
  '/admin/posts',
  '/admin/posts/new',
  '/admin/posts/1',
  '/admin/posts/1/preview',
  '/admin/posts/1/revisions',
  '/admin/pages',
  '/admin/categories',
  '/admin/categories/1',
  '/admin/tags',
  '/admin/tags/1',
  '/admin/menu',
  '/admin/settings',
];

async function furnish(): Promise<void> {
  await createMedia(app.db);
  await createTag(app.db);
  await createCategory(app.db);
  await createPost(app.db, { categoryId: 1, tagIds: [1] });
}

describe('the admin and what nobody should send it', () => {
  it('answers odd values in every field without failing', async () => {
    const { agent } = await app.loginAs('admin');
    await furnish();
    const failed: string[] = [];
    for (const path of posts) {
      for (const value of values) {
        const body = Object.fromEntries(names.map((name) => [name, value]));
        const answer = await agent.post(path).send(body);
        if (answer.status >= 500) failed.push(`${path} ${JSON.stringify(value)} ${answer.status}`);
      }
    }
    const key = '/admin/autosaves/6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
    for (const value of values) {
      const fields = {
        kind: 'post',
        postId: null,
        baseVersion: 0,
        fields: { title: value, body: value },
      };
      for (const body of [fields, { ...fields, fields: value }, { ...fields, postId: value }]) {
        const answer = await agent.put(key).send(body);
        if (answer.status >= 500) failed.push(`PUT ${JSON.stringify(body)} ${answer.status}`);
      }
    }
    expect(failed).toEqual([]);
    await agent.get('/admin').expect(200);
  });

  it('answers odd addresses without failing', async () => {
    const { agent } = await app.loginAs('admin');
    await furnish();
    const queries = [
      'status',
      'q',
      'author',
      'category',
      'tag',
      'before',
      'after',
      'restore',
      'from',
      'to',
      'location',
    ];
    const failed: string[] = [];
    for (const path of gets) {
      for (const word of words) {
        const query = queries
          .map((name) => `${name}=${encodeURIComponent(word.toWellFormed())}`)
          .join('&');
        for (const asked of [
          `${path}?${query}`,
          `${path}?${query}&${query}`,
          `${path}?status[]=x&q[a]=b`,
        ]) {
          const answer = await agent.get(asked);
          if (answer.status >= 500) failed.push(`${asked} ${answer.status}`);
        }
      }
    }
    expect(failed).toEqual([]);
    await agent.get('/admin').expect(200);
  });

  it('refuses forms that are cut off or bent', async () => {
    const { agent } = await app.loginAs('admin');
    await furnish();
    const boundary = 'multipart/form-data; boundary=x';
    for (const body of [
      '',
      '--x',
      '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf',
      'nonsense',
    ]) {
      for (const path of ['/admin/posts', '/admin/posts/1', '/admin/preview']) {
        const answer = await agent.post(path).set('Content-Type', boundary).send(body);
        expect(answer.status, `${path} ${body}`).toBeLessThan(500);
      }
    }
    const fields = Array.from({ length: 1600 }, (_, index) => `f${index}=1`).join('&');
    expect((await agent.post('/admin/posts').type('form').send(fields)).status).toBeLessThan(500);
    expect(await app.db.post.count()).toBe(1);
  });
});
