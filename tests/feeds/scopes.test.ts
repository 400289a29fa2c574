import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
import { all, linkOf, one, parseXml, textOf } from './reading.js';

const app = useApp();

async function titles(path: string): Promise<string[]> {
  const { text } = await app.request().get(path).expect(200);
  return all(one(parseXml(text), 'channel'), 'item').map((item) => textOf(item, 'title'));
}

const trashed = {
  status: 'trashed',
  trashedFrom: 'published',
  trashedAt: new Date('2026-11-21T11:30:00Z'),
} as const;

describe('what feeds show', () => {
  it('is every post that is visible now, newest first, and nothing else', async () => {
    const at = (time: string) => new Date(`2026-11-2${time}:00Z`);
    await createPost(app.db, { title: 'older', publishedAt: at('0T09:00') });
    await createPost(app.db, { title: 'newer', publishedAt: at('1T09:00') });
    await createPost(app.db, { title: 'due', status: 'scheduled', publishedAt: at('1T12:00') });
    await createPost(app.db, { title: 'later', status: 'scheduled', publishedAt: at('1T12:01') });
    await createPost(app.db, { title: 'future', publishedAt: at('2T12:00') });
    await createPost(app.db, { title: 'draft', status: 'draft' });
    await createPost(app.db, { title: 'private', status: 'private' });
    await createPost(app.db, { title: 'trashed', ...trashed });
    await createPost(app.db, { title: 'page', kind: 'page' });
    expect(await titles('/feed.xml')).toEqual(['due', 'newer', 'older']);
    for (const path of ['/atom.xml', '/feed.json']) {
      const { text, body } = await app.request().get(path).buffer(true).expect(200);
      const whole = text || JSON.stringify(body);
      for (const hidden of ['later', 'future', 'draft', 'private', 'trashed', 'page<']) {
        expect(whole).not.toContain(`>${hidden}`);
        expect(whole).not.toContain(`"title":"${hidden}"`);
      }
    }
    app.clock.set('2026-11-21T12:01:00Z');
    expect(await titles('/feed.xml')).toEqual(['later', 'due', 'newer', 'older']);
  });

  it('is a tag, a category with those below it, or an author, when asked', async () => {
    const author = await createUser(app.db, { username: 'Ines', displayName: 'Inès' });
    const above = await createCategory(app.db, { name: 'Sea', slug: 'sea' });
    const below = await createCategory(app.db, { name: 'Fog', slug: '霧', parentId: above.id });
    const tag = await createTag(app.db, { name: 'Bells', slug: 'bells' });
    await createPost(app.db, { title: 'tagged', tagIds: [tag.id] });
    await createPost(app.db, { title: 'in fog', categoryId: below.id });
    await createPost(app.db, { title: 'hers', authorId: author.id });
    expect(await titles('/tags/bells/feed.xml')).toEqual(['tagged']);
    expect(await titles('/tags/BELLS/feed.xml')).toEqual(['tagged']);
    expect(await titles('/categories/sea/feed.xml')).toEqual(['in fog']);
    expect(await titles(`/categories/${encodeURIComponent('霧')}/feed.xml`)).toEqual(['in fog']);
    expect(await titles('/authors/ines/feed.xml')).toEqual(['hers']);
    const { text } = await app.request().get('/tags/bells/atom.xml').expect(200);
    const feed = parseXml(text);
    expect(textOf(feed, 'title')).toBe('Bells · Billet');
    expect(textOf(feed, 'id')).toBe('http://blog.test/tags/bells');
    expect(linkOf(feed, 'self')).toBe('http://blog.test/tags/bells/atom.xml');
    expect(linkOf(feed, 'alternate')).toBe('http://blog.test/tags/bells');
    const answer = await app.request().get('/authors/Ines/feed.json').expect(200);
    const body = (answer.body ?? {}) as { feed_url?: string };
    expect(body.feed_url).toBe('http://blog.test/authors/Ines/feed.json');
  });

  it('is nothing for what does not exist', async () => {
    for (const path of [
      '/tags/none/feed.xml',
      '/categories/none/atom.xml',
      '/authors/none/feed.json',
    ]) {
      await app.request().get(path).expect(404);
    }
    const gone = await createUser(app.db, { username: 'gone', deletedAt: new Date() });
    await createPost(app.db, { authorId: gone.id });
    await app.request().get('/authors/gone/feed.xml').expect(404);
  });
});

describe('a long feed', () => {
  it('has pages that lead to each other and miss nothing', async () => {
    for (let number = 1; number <= 45; number += 1) {
      const publishedAt = new Date(Date.UTC(2026, 0, number));
      await createPost(app.db, { title: `p${number}`, publishedAt, authorId: null });
    }
    const seen: string[] = [];
    let path: string | undefined = '/atom.xml';
    let previous: string | undefined;
    while (path !== undefined) {
      const { text }: { text: string } = await app.request().get(path).expect(200);
      const feed = parseXml(text);
      seen.push(...all(feed, 'entry').map((entry) => textOf(entry, 'title')));
      expect(linkOf(feed, 'self')).toBe(`http://blog.test${path}`);
      previous = linkOf(feed, 'previous');
      path = linkOf(feed, 'next')?.replace('http://blog.test', '');
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => `p${45 - index}`));
    expect(previous).toMatch(/^http:\/\/blog\.test\/atom\.xml\?after=/);
    const json = await app.request().get('/feed.json').expect(200);
    expect((json.body as { next_url: string }).next_url).toMatch(/\/feed\.json\?before=/);
  });
});
