import { describe, expect, it } from 'vitest';
import { createPost } from '../support/factories.js';
import { useApp } from '../support/app.js';
import {
  createCategory,
  deleteCategory,
  orderCategories,
  updateCategory,
} from '#src/tags/index.js';

const app = useApp();

function problemsOf(promise: Promise<unknown>) {
  return expect(promise).rejects.toMatchObject({ status: 422 });
}

describe('categories', () => {
  it('get a slug from their name, in any script and never twice', async () => {
    const one = await createCategory(app.db, { name: ' Field notes ' });
    const two = await createCategory(app.db, { name: 'Field Notes' });
    const three = await createCategory(app.db, { name: '日本語' });
    const four = await createCategory(app.db, { name: '!!!' });
    expect([one.slug, two.slug, three.slug, four.slug]).toEqual([
      'field-notes',
      'field-notes-2',
      '日本語',
      'category',
    ]);
    expect([one.name, one.position, two.position]).toEqual(['Field notes', 0, 1]);
  });

  it('are refused without a name, with a slug that is taken, below nothing or below themselves', async () => {
    const top = await createCategory(app.db, { name: 'Top', slug: 'top' });
    const below = await createCategory(app.db, { name: 'Below', parentId: top.id });
    await problemsOf(createCategory(app.db, { name: ' ' }));
    await problemsOf(createCategory(app.db, { name: 'Other', slug: 'TOP' }));
    await problemsOf(createCategory(app.db, { name: 'Other', parentId: 999 }));
    await problemsOf(updateCategory(app.db, top.id, { name: 'Top', parentId: below.id }));
    await problemsOf(updateCategory(app.db, top.id, { name: 'Top', parentId: top.id }));
    await expect(updateCategory(app.db, 999, { name: 'x' })).rejects.toMatchObject({ status: 404 });
    expect(await app.db.category.count()).toBe(2);
  });

  it('leave their readers and subscribers a way to a new slug', async () => {
    const category = await createCategory(app.db, { name: 'Old', slug: 'old' });
    await updateCategory(app.db, category.id, { name: 'New', slug: 'new' });
    await app.request().get('/categories/old').expect(301).expect('Location', '/categories/new');
    await app
      .request()
      .get('/categories/old/feed.xml')
      .expect(301)
      .expect('Location', '/categories/new/feed.xml');
    await updateCategory(app.db, category.id, { name: 'New', slug: 'old' });
    await app.request().get('/categories/old').expect(200);
    await app.request().get('/categories/new').expect(301).expect('Location', '/categories/old');
  });

  it('give everything to their parent when they are deleted', async () => {
    const top = await createCategory(app.db, { name: 'Top' });
    const gone = await createCategory(app.db, { name: 'Gone', parentId: top.id });
    const child = await createCategory(app.db, { name: 'Child', parentId: gone.id });
    const post = await createPost(app.db, { categoryId: gone.id });
    await deleteCategory(app.db, gone.id);
    const after = await app.db.post.findUniqueOrThrow({
      where: { id: post.id },
      include: { categories: true },
    });
    expect(after.categoryId).toBe(top.id);
    expect(after.categories.map(({ categoryId }) => categoryId)).toEqual([top.id]);
    expect(after.tagText).toBe('Top');
    const rows = await app.db.category.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ id, parentId, postCount }) => [id, parentId, postCount])).toEqual([
      [top.id, null, 1],
      [child.id, top.id, 0],
    ]);
    await app.request().get('/categories/gone').expect(301).expect('Location', '/categories/top');
  });

  it('without a parent leave posts their other categories', async () => {
    const gone = await createCategory(app.db, { name: 'Gone' });
    const kept = await createCategory(app.db, { name: 'Kept' });
    const both = await createPost(app.db, { categoryId: gone.id, categoryIds: [kept.id] });
    const only = await createPost(app.db, { categoryId: gone.id });
    await deleteCategory(app.db, gone.id);
    const rows = await app.db.post.findMany({
      where: { id: { in: [both.id, only.id] } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ categoryId }) => categoryId)).toEqual([kept.id, null]);
    await app.request().get('/categories/gone').expect(404);
  });

  it('stand in the order they are put in', async () => {
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push((await createCategory(app.db, { name })).id);
    await orderCategories(app.db, [...ids].reverse());
    const rows = await app.db.category.findMany({ orderBy: { position: 'asc' } });
    expect(rows.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });
});
