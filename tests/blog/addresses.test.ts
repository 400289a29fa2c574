import { describe, expect, it } from 'vitest';
import { createCategory, createPost, createTag } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();

describe('addresses', () => {
  it('old slugs lead to the present one: 301 for reading, 308 for the rest', async () => {
    const post = await createPost(app.db, { slug: 'new-name' });
    await app.db.slugHistory.create({ data: { kind: 'post', slug: 'old-name', postId: post.id } });
    await app.request().get('/posts/old-name').expect(301).expect('Location', '/posts/new-name');
    await app.request().post('/posts/old-name').expect(308).expect('Location', '/posts/new-name');
    await app.request().get('/posts/new-name').expect(200);
    await app.request().post('/posts/new-name').expect(404);
  });

  it('the old slug of a hidden post tells nothing', async () => {
    const post = await createPost(app.db, { slug: 'secret-plan', status: 'draft' });
    await app.db.slugHistory.create({ data: { kind: 'post', slug: 'plan', postId: post.id } });
    const { text } = await app.request().get('/posts/plan').expect(404);
    expect(text).not.toContain('secret-plan');
  });

  it('a draft does not stand in the way of an old slug', async () => {
    const post = await createPost(app.db, { slug: 'moved' });
    await createPost(app.db, { slug: 'reused', status: 'draft' });
    await app.db.slugHistory.create({ data: { kind: 'post', slug: 'reused', postId: post.id } });
    await app.request().get('/posts/reused').expect(301).expect('Location', '/posts/moved');
  });

  it('of a page lead on as well, and a page comes before a redirect', async () => {
    const page = await createPost(app.db, { kind: 'page', slug: 'about' });
    await app.db.slugHistory.create({ data: { kind: 'page', slug: 'about-us', postId: page.id } });
    await app.db.redirect.create({ data: { source: '/who', target: '/about' } });
    await app.request().get('/about-us').expect(301).expect('Location', '/about');
    await app.request().get('/who').expect(301).expect('Location', '/about');
    await app.request().get('/nobody').expect(404);
  });

  it('in any script work, escaped or not', async () => {
    await createPost(app.db, { slug: '日本語', title: '日本語' });
    await createTag(app.db, { slug: 'ελλάδα', name: 'Ελλάδα' });
    const path = `/posts/${encodeURIComponent('日本語')}`;
    const { text } = await app.request().get(path).expect(200);
    expect(text).toContain(`<link rel="canonical" href="http://blog.test${path}">`);
    await app.request().get(path.toLowerCase()).expect(200);
    await app
      .request()
      .get(`/tags/${encodeURIComponent('ελλάδα')}`)
      .expect(200);
    await app
      .request()
      .get(`/tags/${encodeURIComponent('ΕΛΛΆΔΑ')}`)
      .expect(301)
      .expect('Location', `/tags/${encodeURIComponent('ελλάδα')}`);
  });

  it('in another case or spelling lead to ours, with their query', async () => {
    await createPost(app.db, { slug: 'fog-signals' });
    await createPost(app.db, { slug: 'café' });
    await createCategory(app.db, { slug: 'harbours' });
    await app
      .request()
      .get('/posts/Fog-Signals')
      .expect(301)
      .expect('Location', '/posts/fog-signals');
    await app
      .request()
      .get('/posts/%66og-signals')
      .expect(301)
      .expect('Location', '/posts/fog-signals');
    const decomposed = encodeURIComponent('café'.normalize('NFD'));
    await app
      .request()
      .get(`/posts/${decomposed}`)
      .expect(301)
      .expect('Location', '/posts/caf%C3%A9');
    await app
      .request()
      .get('/categories/Harbours?before=k9-1')
      .expect(301)
      .expect('Location', '/categories/harbours?before=k9-1');
    await app
      .request()
      .get('/posts/fog-signals/')
      .expect(301)
      .expect('Location', '/posts/fog-signals');
  });

  it.each([
    '/posts/%00',
    '/posts/%ff',
    '/posts/..%2f..%2fetc',
    '/posts/a%20b',
    '/tags/none',
    '/categories/none',
    '/authors/none',
    '/authors/%F0%9F%99%88',
    '/archive/2026/00',
  ])('%s is no server error', async (path) => {
    const { status } = await app.request().get(path);
    expect([400, 404, 414]).toContain(status);
  });

  it('that are too long are no server error either', async () => {
    const { status } = await app.request().get('/posts/' + 'x'.repeat(3000));
    expect([404, 414]).toContain(status);
  });

  it('cut off by hand lead to what holds the rest', async () => {
    await app.request().get('/posts').expect(301).expect('Location', '/');
    await app.request().get('/tags').expect(301).expect('Location', '/archive#tags');
    await app.request().get('/categories').expect(301).expect('Location', '/archive#categories');
  });

  it('of readers without posts are not given away', async () => {
    const { user } = await app.loginAs('reader');
    await app.request().get(`/authors/${user.username}`).expect(404);
  });
});
