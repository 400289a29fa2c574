import { describe, expect, it } from 'vitest';
import { createPost } from '../support/factories.js';
import { useApp } from '../support/app.js';
import {
  createTag,
  deleteTag,
  findOrCreateTags,
  listTags,
  mergeTag,
  renameTag,
} from '#src/tags/index.js';
import { inTransaction } from '#src/platform/db.js';

const app = useApp();

describe('findOrCreateTags', () => {
  it('finds whatever the case, makes what is missing, keeps the order, each once', async () => {
    const fog = await createTag(app.db, { name: 'Fog' });
    const ids = await findOrCreateTags(app.db, [' bell  tower ', 'FOG', 'fog', '', 'Bell Tower']);
    const tags = await app.db.tag.findMany({ orderBy: { id: 'asc' } });
    expect(tags.map(({ name, slug }) => [name, slug])).toEqual([
      ['Fog', 'fog'],
      ['bell tower', 'bell-tower'],
    ]);
    expect(ids).toEqual([tags[1]?.id, fog.id]);
  });

  it('gives names that look alike slugs of their own', async () => {
    await findOrCreateTags(app.db, ['C', 'C++', 'C#', '日本語', '🙈', 'new', 'É', 'e']);
    const tags = await app.db.tag.findMany({ orderBy: { id: 'asc' } });
    expect(tags.map(({ slug }) => slug)).toEqual([
      'c',
      'c-2',
      'c-3',
      'e',
      'new',
      'e-2',
      '日本語',
      'tag',
    ]);
  });

  it('two at once make each tag once', async () => {
    const names = Array.from({ length: 8 }, (_, n) => `Name ${n}`);
    const make = (list: string[]) => inTransaction(app.db, (tx) => findOrCreateTags(tx, list));
    const [one, two] = await Promise.all([make(names), make([...names].reverse())]);
    expect(one).toEqual([...two].reverse());
    expect(await app.db.tag.count()).toBe(8);
  });
});

describe('tags', () => {
  it('renamed keep their posts, and the old address leads on', async () => {
    const tag = await createTag(app.db, { name: 'Fog' });
    const post = await createPost(app.db, { tagIds: [tag.id] });
    const after = await renameTag(app.db, tag.id, { name: 'Mist' });
    expect([after.name, after.slug]).toEqual(['Mist', 'mist']);
    expect((await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).tagText).toBe('Mist');
    await app.request().get('/tags/fog').expect(301).expect('Location', '/tags/mist');
    const upper = await renameTag(app.db, tag.id, { name: 'MIST', slug: 'mist' });
    expect(upper.name).toBe('MIST');
  });

  it('refuse a name or slug that another has', async () => {
    const fog = await createTag(app.db, { name: 'Fog' });
    await createTag(app.db, { name: 'Mist' });
    for (const input of [{ name: 'mist' }, { name: '' }, { name: 'Fog', slug: 'mist' }])
      await expect(renameTag(app.db, fog.id, input)).rejects.toMatchObject({ status: 422 });
    await expect(createTag(app.db, { name: 'FOG' })).rejects.toMatchObject({ status: 422 });
    await expect(renameTag(app.db, 999, { name: 'x' })).rejects.toMatchObject({ status: 404 });
  });

  it('merged give their posts, counted once, and their readers to the other', async () => {
    const from = await createTag(app.db, { name: 'Foggy' });
    const into = await createTag(app.db, { name: 'Fog' });
    await createPost(app.db, { tagIds: [from.id] });
    await createPost(app.db, { tagIds: [from.id, into.id] });
    const merged = await mergeTag(app.db, from.id, into.id);
    expect(merged.postCount).toBe(2);
    expect(await app.db.tag.count()).toBe(1);
    await app.request().get('/tags/foggy').expect(301).expect('Location', '/tags/fog');
    await expect(async () => mergeTag(app.db, into.id, into.id)).rejects.toMatchObject({
      status: 422,
    });
  });

  it('deleted are gone from their posts', async () => {
    const tag = await createTag(app.db, { name: 'Fog' });
    const post = await createPost(app.db, { tagIds: [tag.id] });
    await deleteTag(app.db, tag.id);
    expect((await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).tagText).toBe('');
    await expect(deleteTag(app.db, tag.id)).rejects.toMatchObject({ status: 404 });
  });

  it('are listed by name, a page after another', async () => {
    await findOrCreateTags(app.db, ['b', 'A', 'c', 'Bee']);
    const first = await listTags(app.db, { limit: 2 });
    const rest = await listTags(app.db, { limit: 5, afterName: first.at(-1)?.name });
    expect([...first, ...rest].map(({ name }) => name)).toEqual(['A', 'b', 'Bee', 'c']);
    expect((await listTags(app.db, { limit: 5, contains: 'B' })).map(({ name }) => name)).toEqual([
      'b',
      'Bee',
    ]);
  });
});
