import { describe, expect, it } from 'vitest';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();

describe('who reads what, and when', () => {
  it('a scheduled post appears on its minute, on every page, without any job', async () => {
    const author = await createUser(app.db, { role: 'author', username: 'ines' });
    const category = await createCategory(app.db, { slug: 'news' });
    const tag = await createTag(app.db, { slug: 'soon' });
    await createPost(app.db, {
      title: 'Opening day',
      slug: 'opening',
      status: 'scheduled',
      publishedAt: new Date('2026-11-21T12:30:00.000Z'),
      authorId: author.id,
      categoryId: category.id,
      tagIds: [tag.id],
    });
    const lists = ['/', '/categories/news', '/tags/soon', '/authors/ines', '/search?q=opening'];
    app.clock.set('2026-11-21T12:29:59.999Z');
    await app.request().get('/posts/opening').expect(404);
    await app.request().get('/archive/2026/11').expect(404);
    for (const path of lists) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).not.toContain('/posts/opening');
    }
    app.clock.set('2026-11-21T12:30:00.000Z');
    await app.request().get('/posts/opening').expect(200);
    for (const path of [...lists, '/archive/2026/11']) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).toContain('/posts/opening');
    }
  });

  it.each(['draft', 'trashed'] as const)('a %s post is there for nobody', async (status) => {
    const { agent, user } = await app.loginAs('author');
    const { agent: admin } = await app.loginAs('admin');
    const trash =
      status === 'trashed' ? { trashedAt: new Date(), trashedFrom: 'draft' as const } : {};
    await createPost(app.db, { slug: 'hidden', status, authorId: user.id, ...trash });
    for (const who of [app.request(), agent, admin]) await who.get('/posts/hidden').expect(404);
  });

  it('a private post is for its author, editors and admins', async () => {
    const { agent: author, user } = await app.loginAs('author');
    await createPost(app.db, { slug: 'mine', title: 'Mine', status: 'private', authorId: user.id });
    await app.request().get('/posts/mine').expect(404);
    await (await app.loginAs('reader')).agent.get('/posts/mine').expect(404);
    await (await app.loginAs('author')).agent.get('/posts/mine').expect(404);
    const editor = (await app.loginAs('editor')).agent;
    for (const who of [author, editor, (await app.loginAs('admin')).agent]) {
      const { text, headers } = await who.get('/posts/mine').expect(200);
      expect(text).toContain('This post is private');
      expect(text).toContain('noindex');
      expect(text).not.toContain('application/ld+json');
      expect(headers['cache-control']).toMatch(/private/);
    }
    const { text } = await author.get('/').expect(200);
    expect(text).not.toContain('/posts/mine');
  });

  it('a private page is for its author, editors and admins', async () => {
    await createPost(app.db, { kind: 'page', slug: 'team', status: 'private' });
    await app.request().get('/team').expect(404);
    const { text } = await (await app.loginAs('editor')).agent.get('/team').expect(200);
    expect(text).toContain('This page is private');
  });

  it('the link for editing is there for those who may', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { slug: 'own', authorId: user.id });
    await createPost(app.db, { slug: 'other' });
    const edit = (id: number) => `href="/admin/posts/${id}"`;
    expect((await agent.get('/posts/own')).text).toContain(edit(post.id));
    expect((await agent.get('/posts/other')).text).not.toContain('href="/admin/posts/');
    expect((await app.request().get('/posts/own')).text).not.toContain('href="/admin/posts/');
  });
});
