import { describe, expect, it } from 'vitest';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
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
});
