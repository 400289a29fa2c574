import { describe, expect, it } from 'vitest';
import { changeSettings } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import { createPost, createTag, createUser } from '../support/factories.js';

const app = useApp();

/** What is compressed on its way has the same tag as a weak one. */
const plain = { 'Accept-Encoding': 'identity' };

async function validators(path: string): Promise<{ etag: string; modified: string }> {
  const answer = await app.request().get(path).set(plain).expect(200);
  return {
    etag: String(answer.headers.etag),
    modified: String(answer.headers['last-modified']),
  };
}

describe('a feed that the reader has already', () => {
  it.each(['/feed.xml', '/atom.xml', '/feed.json', '/sitemaps/posts-1.xml'])(
    'is not sent again: %s',
    async (path) => {
      await createPost(app.db);
      const { etag, modified } = await validators(path);
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      for (const headers of [
        { 'If-None-Match': etag },
        { 'If-None-Match': `"x", W/${etag}` },
        { 'If-None-Match': '*' },
        { 'If-Modified-Since': modified },
        { 'If-None-Match': etag, 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      ]) {
        const answer = await app
          .request()
          .get(path)
          .set({ ...plain, ...headers })
          .expect(304);
        expect(answer.text).toBe('');
        // A weak tag comes back weak.
        expect(String(answer.headers.etag).replace('W/', '')).toBe(etag);
        expect(answer.headers['last-modified']).toBe(modified);
        expect(answer.headers['cache-control']).toBe('public, no-cache');
      }
    },
  );

  it('is sent when the copy is another one', async () => {
    await createPost(app.db);
    const { modified } = await validators('/feed.xml');
    for (const headers of [
      { 'If-None-Match': '"other"' },
      { 'If-None-Match': '"other"', 'If-Modified-Since': modified },
      { 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { 'If-Modified-Since': 'Sat, 21 Nov 2099 00:00:00 GMT' },
      { 'If-Modified-Since': 'nonsense' },
    ]) {
      await app.request().get('/feed.xml').set(headers).expect(200);
    }
  });

  it('answers HEAD with the same headers and nothing else', async () => {
    await createPost(app.db);
    for (const path of ['/feed.xml', '/sitemap.xml', '/sitemaps/posts-1.xml', '/robots.txt']) {
      const get = await app.request().get(path).set(plain).expect(200);
      const head = await app.request().head(path).set(plain).expect(200);
      expect(head.headers.etag).toBe(get.headers.etag);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(head.text ?? '').toBe('');
      await app.request().head(path).set('If-None-Match', String(get.headers.etag)).expect(304);
    }
  });

  it('sets no cookie and varies by nobody', async () => {
    const { agent } = await app.loginAs('reader');
    const answer = await agent.get('/feed.xml').expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(String(answer.headers.vary ?? '')).not.toMatch(/cookie|accept-language/i);
  });
});

describe('the tag of a feed', () => {
  it('changes with everything that the feed shows, and only then', async () => {
    const tag = await createTag(app.db, { name: 'Fog', slug: 'fog' });
    const author = await createUser(app.db);
    const post = await createPost(app.db, { authorId: author.id, tagIds: [tag.id] });
    const where = { id: post.id };
    const changes: (() => Promise<unknown>)[] = [
      () => app.db.post.update({ where, data: { html: '<p>made again</p>' } }),
      () => app.db.post.update({ where, data: { title: 'Another' } }),
      () => app.db.post.update({ where, data: { slug: 'another' } }),
      () => app.db.user.update({ where: { id: author.id }, data: { displayName: 'New' } }),
      () => app.db.tag.update({ where: { id: tag.id }, data: { name: 'Mist' } }),
      () => changeSettings(app.db, { title: 'New name' }),
      () => createPost(app.db),
      () => app.db.post.update({ where, data: { status: 'draft' } }),
    ];
    const seen = [(await validators('/feed.xml')).etag];
    expect((await validators('/feed.xml')).etag).toBe(seen[0]);
    for (const change of changes) {
      await change();
      seen.push((await validators('/feed.xml')).etag);
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
    await createPost(app.db, { status: 'draft' });
    expect((await validators('/feed.xml')).etag).toBe(seen.at(-1));
  });

  it('changes when a scheduled post’s time comes', async () => {
    const publishedAt = new Date('2026-11-21T12:05:00Z');
    await createPost(app.db, { status: 'scheduled', publishedAt });
    const before = await validators('/feed.xml');
    app.clock.set('2026-11-21T12:05:00Z');
    const after = await validators('/feed.xml');
    expect(after.etag).not.toBe(before.etag);
    expect(after.modified).toBe('Sat, 21 Nov 2026 12:05:00 GMT');
  });

  it('differs between formats, scopes and pages', async () => {
    const tag = await createTag(app.db, { name: 'a', slug: 'a' });
    await createPost(app.db, { tagIds: [tag.id] });
    const paths = [
      '/feed.xml',
      '/atom.xml',
      '/feed.json',
      '/tags/a/feed.xml',
      '/feed.xml?before=0-0',
    ];
    const tags = await Promise.all(paths.map(async (path) => (await validators(path)).etag));
    expect(new Set(tags).size).toBe(paths.length);
  });
});
