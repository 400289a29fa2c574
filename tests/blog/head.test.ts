import { describe, expect, it } from 'vitest';
import {
  createCategory,
  createMedia,
  createPost,
  createTag,
  createUser,
} from '../support/factories.js';
import { useApp } from '../support/app.js';
import { descriptionOf } from '#src/blog/seo.js';
import { changeSettings } from '#src/site/index.js';

const app = useApp();

type Graph = Record<string, unknown>;

function jsonLd(text: string): Graph {
  const found = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
  return JSON.parse(found) as Graph;
}

function metaOf(text: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(text)?.[1];
}

describe('what a page says of itself', () => {
  it('a post: canonical address, description, Open Graph, JSON-LD', async () => {
    await changeSettings(app.db, { title: 'Carnet' });
    const author = await createUser(app.db, {
      role: 'author',
      username: 'ines',
      displayName: 'Ines "I" L.',
    });
    const category = await createCategory(app.db, { name: 'Harbours', slug: 'harbours' });
    const tag = await createTag(app.db, { name: 'Fog' });
    const cover = await createMedia(app.db, { alt: 'A lamp', width: 1200, height: 800 });
    await createPost(app.db, {
      title: 'Fog & </script> signals',
      slug: 'fog',
      excerpt: 'Long "search" for a sound.',
      language: 'en-GB',
      authorId: author.id,
      categoryId: category.id,
      tagIds: [tag.id],
      coverId: cover.id,
    });
    const { text } = await app.request().get('/posts/fog?utm_source=x').expect(200);
    expect(text).toContain('<link rel="canonical" href="http://blog.test/posts/fog">');
    expect(metaOf(text, 'description')).toBe('Long &#34;search&#34; for a sound.');
    expect(metaOf(text, 'og:type')).toBe('article');
    expect(metaOf(text, 'og:locale')).toBe('en_GB');
    expect(metaOf(text, 'article:published_time')).toBe('2026-11-21T11:00:00.000Z');
    expect(metaOf(text, 'article:section')).toBe('Harbours');
    expect(metaOf(text, 'og:image')).toMatch(/^http:\/\/blog\.test\/media\//);
    expect([metaOf(text, 'og:image:width'), metaOf(text, 'og:image:height')]).toEqual([
      '1200',
      '800',
    ]);
    const [post = {}, crumbs = {}] = jsonLd(text)['@graph'] as Graph[];
    expect(post).toMatchObject({
      '@type': 'BlogPosting',
      headline: 'Fog & </script> signals',
      keywords: 'Fog',
      author: { '@type': 'Person', name: 'Ines "I" L.', url: 'http://blog.test/authors/ines' },
    });
    expect(crumbs).toMatchObject({ '@type': 'BreadcrumbList' });
    expect((crumbs.itemListElement as Graph[]).map((step) => step.name)).toEqual([
      'Carnet',
      'Harbours',
      'Fog & </script> signals',
    ]);
  });

  it('the home page: the site and its search; later pages stay out of the index', async () => {
    await changeSettings(app.db, { postsPerPage: 1, description: 'Notes.' });
    await createPost(app.db, { publishedAt: new Date('2026-01-01T00:00:00Z') });
    await createPost(app.db);
    const { text } = await app.request().get('/').expect(200);
    expect(jsonLd(text)).toMatchObject({
      '@type': 'WebSite',
      potentialAction: {
        '@type': 'SearchAction',
        target: { urlTemplate: 'http://blog.test/search?q={search_term_string}' },
      },
    });
    expect(text).toContain('<link rel="canonical" href="http://blog.test/">');
    expect(metaOf(text, 'robots')).toBeUndefined();
    const next = /<link rel="next" href="([^"]+)"/.exec(text)?.[1] ?? '';
    const later = await app
      .request()
      .get(new URL(next, 'http://blog.test').search.replace(/^/, '/'));
    expect(metaOf(later.text, 'robots')).toBe('noindex, follow');
    expect(later.text).toContain('<link rel="prev"');
  });

  it('of a list is the same whatever else stands in its address', async () => {
    const tag = await createTag(app.db, { slug: 'fog' });
    await createPost(app.db, { tagIds: [tag.id] });
    for (const path of ['/', '/tags/fog', '/archive/2026/11']) {
      const { text } = await app.request().get(`${path}?utm_source=x`).expect(200);
      expect(text).toContain(`<link rel="canonical" href="http://blog.test${path}">`);
      expect(metaOf(text, 'robots'), path).toBeUndefined();
    }
  });

  it('searches and empty lists stay out of the index', async () => {
    await createTag(app.db, { slug: 'empty' });
    for (const path of ['/search?q=x', '/tags/empty', '/archive'])
      expect(metaOf((await app.request().get(path)).text, 'robots'), path).toMatch(/^noindex/);
  });

  it('lists offer their feeds', async () => {
    await createTag(app.db, { slug: 'fog', name: 'Fog' });
    const { text } = await app.request().get('/tags/fog').expect(200);
    expect(text).toMatch(/<link rel="alternate"[^>]*href="[^"]*\/tags\/fog\/feed\.xml"/);
  });
});

describe('conditional GET', () => {
  it('answers 304 as long as nothing on the page has changed', async () => {
    const post = await createPost(app.db, { slug: 'fog' });
    for (const path of ['/', '/posts/fog', '/archive', '/archive/2026/11', '/search?q=text']) {
      const plain = { 'Accept-Encoding': 'identity' };
      const first = await app.request().get(path).set(plain).expect(200);
      expect(first.headers.etag, path).toMatch(/^"/);
      const etag = String(first.headers.etag);
      const second = await app.request().get(path).set('If-None-Match', etag).expect(304);
      expect(second.text, path).toBe('');
    }
    const { headers } = await app.request().get('/posts/fog');
    await app.db.post.update({ where: { id: post.id }, data: { html: '<p>New.</p>' } });
    await app.request().get('/posts/fog').set('If-None-Match', String(headers.etag)).expect(200);
  });

  it('has no Last-Modified, which could not know of a changed menu or comment', async () => {
    await createPost(app.db, { slug: 'fog' });
    const { headers } = await app.request().get('/posts/fog').expect(200);
    expect(headers['last-modified']).toBeUndefined();
  });
});

describe('descriptionOf', () => {
  it('is one line, cut between words, never inside a surrogate pair', () => {
    expect(descriptionOf(' a\n b ')).toBe('a b');
    expect(descriptionOf('word '.repeat(80))).toMatch(/^(word )+word…$/);
    expect(descriptionOf('word '.repeat(80)).length).toBeLessThanOrEqual(200);
    expect(descriptionOf('🙈'.repeat(300)).isWellFormed()).toBe(true);
  });
});

describe('a site that nobody described', () => {
  it('is described to search engines by its latest titles', async () => {
    await createPost(app.db, { title: 'Fog & signals', slug: 'fog' });
    const { text } = await app.request().get('/').expect(200);
    expect(text).toContain('<meta name="description" content="Latest posts: Fog &amp; signals">');
  });
});
