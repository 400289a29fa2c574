import { describe, expect, it } from 'vitest';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
import { useApp } from '../support/app.js';
import { changeSettings } from '#src/site/index.js';

const app = useApp();

describe('lists', () => {
  it('answer for a site without posts', async () => {
    for (const path of ['/', '/archive']) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).toContain('Nothing has been published here yet.');
    }
  });

  it('beside the home page name the topics with the most posts, counted', async () => {
    const [small, large] = [
      await createCategory(app.db, { name: 'Small' }),
      await createCategory(app.db, { name: 'Large' }),
    ];
    await createCategory(app.db, { name: 'Nothing' });
    for (let n = 0; n < 3; n += 1) await createPost(app.db, { categoryId: large.id });
    const post = await createPost(app.db, { categoryId: small.id });
    await createPost(app.db, { categoryId: small.id, status: 'draft' });
    const topics = async () => {
      const { text } = await app.request().get('/').expect(200);
      const side = /<ul class="counted">.*?<\/ul>/s.exec(text)?.[0] ?? '';
      return [...side.matchAll(/>([^<]+)<\/a> <span class="count">(\d+)</g)].map((m) => [
        m[1],
        m[2],
      ]);
    };
    expect(await topics()).toEqual([
      ['Large', '3'],
      ['Small', '1'],
    ]);
    await app.db.post.update({ where: { id: post.id }, data: { status: 'private' } });
    expect(await topics()).toEqual([['Large', '3']]);
  });

  it('of a category include the posts of the categories below it', async () => {
    const top = await createCategory(app.db, { name: 'Top', slug: 'top', description: 'On top.' });
    const below = await createCategory(app.db, { name: 'Below', slug: 'below', parentId: top.id });
    await createPost(app.db, { title: 'Deep one', categoryId: below.id });
    await createPost(app.db, { title: 'Elsewhere' });
    const { text } = await app.request().get('/categories/top').expect(200);
    expect(text).toContain('Deep one');
    expect(text).not.toContain('Elsewhere');
    expect(text).toContain('On top.');
    expect(text).toContain('href="/categories/below"');
    const child = await app.request().get('/categories/below').expect(200);
    expect(child.text).toMatch(/class="crumbs".*href="\/categories\/top"/s);
  });

  it('of a tag and of an author hold theirs', async () => {
    const author = await createUser(app.db, {
      role: 'author',
      username: 'Ines',
      displayName: 'Ines Laurent',
      bio: 'Writes <b>things</b>.',
      website: 'https://www.example.org/me',
    });
    const tag = await createTag(app.db, { name: 'Fog', slug: 'fog' });
    await createPost(app.db, { title: 'Hers', authorId: author.id, tagIds: [tag.id] });
    await createPost(app.db, { title: 'Not hers' });
    for (const path of ['/tags/fog', '/authors/Ines']) {
      const { text } = await app.request().get(path).expect(200);
      expect(text, path).toContain('Hers');
      expect(text, path).not.toContain('Not hers');
    }
    const { text } = await app.request().get('/authors/Ines');
    expect(text).toContain('Writes &lt;b&gt;things&lt;/b&gt;.');
    expect(text).toContain('example.org/me</a>');
    await app.request().get('/authors/ines').expect(301).expect('Location', '/authors/Ines');
  });

  it('of months count by the clock of the site', async () => {
    await changeSettings(app.db, { timeZone: 'Pacific/Auckland' });
    await createPost(app.db, { title: 'New year', publishedAt: new Date('2025-12-31T12:00:00Z') });
    await createPost(app.db, { title: 'June', publishedAt: new Date('2025-06-15T12:00:00Z') });
    const { text } = await app.request().get('/archive').expect(200);
    expect(text).toContain('href="/archive/2025/06"');
    const june = await app.request().get('/archive/2025/06').expect(200);
    expect(june.text).toContain('June 2025');
    // Midday of the 31st in UTC is the first of January in Auckland.
    await app.request().get('/archive/2025/12').expect(404);
    const january = await app.request().get('/archive/2026/01').expect(200);
    expect(january.text).toContain('New year</a>');
    await app.request().get('/archive/2025/6').expect(301).expect('Location', '/archive/2025/06');
    await app.request().get('/archive/2025').expect(301).expect('Location', '/archive#year-2025');
    for (const path of [
      '/archive/2025/13',
      '/archive/2025/07',
      '/archive/x/01',
      '/archive/0000/01',
    ]) {
      await app.request().get(path).expect(404);
    }
  });
});
