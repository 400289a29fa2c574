import { describe, expect, it } from 'vitest';
import {
  createCategory,
  createMedia,
  createPost,
  createTag,
  createUser,
} from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();

describe('the page of a post', () => {
  it('shows title, author, date, text, category and tags', async () => {
    const author = await createUser(app.db, { displayName: 'Ines Laurent', username: 'ines' });
    const category = await createCategory(app.db, { name: 'Harbours', slug: 'harbours' });
    const tag = await createTag(app.db, { name: 'Fog', slug: 'fog' });
    await createPost(app.db, {
      title: 'The ledger',
      slug: 'the-ledger',
      excerpt: 'Forty-one years of wind.',
      body: 'Oil good.',
      authorId: author.id,
      categoryId: category.id,
      tagIds: [tag.id],
    });
    const { text } = await app.request().get('/posts/the-ledger').expect(200);
    expect(text).toContain('<h1>The ledger</h1>');
    expect(text).toContain('<p class="dek">Forty-one years of wind.</p>');
    expect(text).toContain('<p>Oil good.</p>');
    expect(text).toContain('href="/categories/harbours"');
    expect(text).toContain('rel="tag" href="/tags/fog"');
    expect(text).toMatch(/rel="author" href="\/authors\/ines">Ines Laurent</);
    expect(text).toContain('datetime="2026-11-21T11:00:00.000Z"');
  });

  it('keeps language and direction of its own', async () => {
    await createPost(app.db, { slug: 'rtl', title: 'الموانئ', language: 'ar', body: 'نص' });
    await createPost(app.db, { slug: 'latin', title: 'Urdu', language: 'ur-Latn' });
    const { text } = await app.request().get('/posts/rtl').expect(200);
    expect(text).toContain('<article class="post" lang="ar" dir="rtl">');
    expect(text).toMatch(/<html lang="en" dir="ltr"/);
    const latin = await app.request().get('/posts/latin');
    expect(latin.text).toContain('<article class="post" lang="ur-Latn" dir="ltr">');
    const { text: home } = await app.request().get('/').expect(200);
    expect(home).toMatch(/lang="ar" dir="rtl"/);
  });

  it('has a name even without a title, everywhere', async () => {
    const tag = await createTag(app.db, { slug: 'notes' });
    await createPost(app.db, { slug: 'a', title: ' ', tagIds: [tag.id] });
    await createPost(app.db, {
      slug: 'b',
      tagIds: [tag.id],
      publishedAt: new Date('2026-11-01T00:00:00Z'),
    });
    for (const path of ['/', '/posts/a', '/posts/b', '/tags/notes', '/search?q=text']) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).toContain('Untitled, 21 November 2026');
    }
  });

  it('offers contents for a long text with several headings, and only then', async () => {
    const toc = ['one', 'two'].map((id) => ({
      level: 2,
      id,
      text: `<${id}>`,
      children: [{ level: 3, id: `${id}-a`, text: 'Deeper', children: [] }],
    }));
    await createPost(app.db, { slug: 'long', toc, wordCount: 2000 });
    await createPost(app.db, { slug: 'short', toc, wordCount: 300 });
    await createPost(app.db, { slug: 'flat', toc: toc.slice(0, 1), wordCount: 2000 });
    const { text } = await app.request().get('/posts/long').expect(200);
    expect(text).toContain('<a href="#one">&lt;one&gt;</a>');
    expect(text).toContain('<a href="#two-a">Deeper</a>');
    for (const slug of ['short', 'flat'])
      expect((await app.request().get(`/posts/${slug}`)).text).not.toContain('class="toc"');
  });

  it('says when it was changed, if that was later than its first day', async () => {
    const publishedAt = new Date('2026-11-01T10:00:00Z');
    await createPost(app.db, {
      slug: 'same',
      publishedAt,
      updatedAt: new Date('2026-11-01T20:00:00Z'),
    });
    await createPost(app.db, {
      slug: 'later',
      publishedAt,
      updatedAt: new Date('2026-11-20T20:00:00Z'),
    });
    expect((await app.request().get('/posts/same')).text).not.toContain('>Updated ');
    expect((await app.request().get('/posts/later')).text).toMatch(
      /Updated\s*<time datetime="2026-11-20/,
    );
  });

  it('leads to the posts before and after, leaving out what is not public', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 9, day));
    await createPost(app.db, { slug: 'first', publishedAt: at(1) });
    await createPost(app.db, { slug: 'hidden', publishedAt: at(2), status: 'private' });
    await createPost(app.db, { slug: 'middle', publishedAt: at(3) });
    await createPost(app.db, { slug: 'twin', publishedAt: at(3) });
    await createPost(app.db, { slug: 'last', publishedAt: new Date('2026-12-24T00:00:00Z') });
    const { text } = await app.request().get('/posts/middle').expect(200);
    expect(text).toContain('<a rel="prev" href="/posts/first">');
    expect(text).toContain('<a rel="next" href="/posts/twin">');
    const twin = await app.request().get('/posts/twin');
    expect(twin.text).toContain('<a rel="prev" href="/posts/middle">');
    expect(twin.text).not.toContain('<a rel="next"');
  });

  it('names related posts: rare labels before common ones, at most three', async () => {
    const [rare, common] = [await createTag(app.db), await createTag(app.db)];
    for (let n = 0; n < 6; n += 1)
      await createPost(app.db, { slug: `common-${n}`, tagIds: [common.id] });
    await createPost(app.db, {
      slug: 'rare',
      tagIds: [rare.id],
      publishedAt: new Date('2020-01-01'),
    });
    await createPost(app.db, { slug: 'secret', tagIds: [rare.id], status: 'draft' });
    await createPost(app.db, { slug: 'asked', tagIds: [rare.id, common.id] });
    const { text } = await app.request().get('/posts/asked').expect(200);
    const related = /<section class="related".*?<\/section>/s.exec(text)?.[0] ?? '';
    const hrefs = [...related.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(hrefs).toHaveLength(3);
    expect(hrefs[0]).toBe('/posts/rare');
    expect(related).not.toContain('secret');
  });

  it('escapes everything that people wrote', async () => {
    const evil = '"><script>alert(1)</script>';
    const author = await createUser(app.db, {
      role: 'author',
      username: 'evil',
      displayName: evil,
      bio: evil,
      website: 'javascript:alert(1)',
    });
    const category = await createCategory(app.db, { name: evil, slug: 'evil', description: evil });
    const tag = await createTag(app.db, { name: evil, slug: 'evil', description: evil });
    const media = await createMedia(app.db, { alt: evil });
    const post = {
      title: evil,
      excerpt: evil,
      authorId: author.id,
      categoryId: category.id,
      tagIds: [tag.id],
      coverId: media.id,
    };
    await createPost(app.db, { ...post, slug: 'evil', sticky: true, html: '' });
    await createPost(app.db, { ...post, slug: 'evil-2', html: '' });
    const paths = [
      '/',
      '/posts/evil',
      '/categories/evil',
      '/tags/evil',
      '/authors/evil',
      '/archive',
      '/archive/2026/11',
      '/search?q=script',
      `/search?q=${encodeURIComponent(evil)}`,
    ];
    for (const path of paths) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).not.toContain('<script>alert');
      expect(text, path).not.toContain('href="javascript:');
    }
  });

  it('stands for a page as well, which has no date and no neighbours', async () => {
    await createPost(app.db, { kind: 'page', slug: 'about', title: 'About us', body: 'We write.' });
    const { text } = await app.request().get('/about').expect(200);
    expect(text).toContain('<h1>About us</h1>');
    expect(text).not.toContain('class="neighbours"');
    expect(text).not.toContain('class="byline"');
    await app.request().get('/posts/about').expect(404);
    await app.request().get('/About').expect(301).expect('Location', '/about');
  });
});
