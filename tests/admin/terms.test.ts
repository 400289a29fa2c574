import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag } from '../support/factories.js';

const app = useApp();

const send = (
  agent: Awaited<ReturnType<typeof app.loginAs>>['agent'],
  path: string,
  form: object = {},
) => agent.post(path).type('form').send(form);

describe('categories', () => {
  it('are made, renamed with a redirect, put below one another and in order', async () => {
    const { agent, user } = await app.loginAs('editor');
    await send(agent, '/admin/categories', { name: 'Sea', description: 'Salt water' }).expect(303);
    const sea = await app.db.category.findFirstOrThrow();
    expect(sea).toMatchObject({
      name: 'Sea',
      slug: 'sea',
      description: 'Salt water',
      parentId: null,
    });
    await send(agent, '/admin/categories', { name: 'Fog', parentId: String(sea.id) }).expect(303);
    await send(agent, '/admin/categories', { name: 'Tide', parentId: String(sea.id) }).expect(303);
    const tide = await app.db.category.findFirstOrThrow({ where: { slug: 'tide' } });
    await send(agent, `/admin/categories/${tide.id}/position`, { direction: 'up' }).expect(303);
    const page = await agent.get('/admin/categories').expect(200);
    expect(page.text.indexOf('>Tide<')).toBeLessThan(page.text.indexOf('>Fog<'));
    await send(agent, `/admin/categories/${sea.id}`, { name: 'Ocean', slug: 'ocean' }).expect(303);
    await app.request().get('/categories/sea').expect(301).expect('Location', '/categories/ocean');
    const events = await app.db.auditEvent.findMany({
      where: { targetType: 'category', actorId: user.id },
    });
    expect(events.map((event) => event.action)).toContain('category.update');
  });

  it('refuse empty names, taken addresses and circles, with what was typed', async () => {
    const { agent } = await app.loginAs('editor');
    const sea = await createCategory(app.db, { name: 'Sea', slug: 'sea' });
    const fog = await createCategory(app.db, { name: 'Fog', slug: 'fog', parentId: sea.id });
    const empty = await send(agent, '/admin/categories', { name: ' ', description: 'kept' }).expect(
      422,
    );
    expect(empty.text).toContain('kept</textarea>');
    expect(empty.text).toContain('id="f-name-problem"');
    const taken = await send(agent, '/admin/categories', { name: 'X', slug: 'sea' }).expect(422);
    expect(taken.text).toContain('id="f-slug-problem"');
    const circle = { name: 'Sea', parentId: String(fog.id) };
    await send(agent, `/admin/categories/${sea.id}`, circle).expect(422);
    await send(agent, '/admin/categories', { name: 'nul\0' }).expect(422);
    expect(await app.db.category.count()).toBe(2);
  });

  it('leave their posts to the category above', async () => {
    const { agent } = await app.loginAs('editor');
    const sea = await createCategory(app.db);
    const fog = await createCategory(app.db, { parentId: sea.id });
    const post = await createPost(app.db, { categoryId: fog.id });
    await send(agent, `/admin/categories/${fog.id}/deletion`).expect(303);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      categoryId: sea.id,
    });
    expect(await app.db.category.findMany()).toMatchObject([{ id: sea.id, postCount: 1 }]);
  });

  it('are for editors', async () => {
    const sea = await createCategory(app.db);
    const { agent: author } = await app.loginAs('author');
    for (const path of ['', `/${sea.id}`, `/${sea.id}/deletion`, `/${sea.id}/position`]) {
      await send(author, `/admin/categories${path}`, { name: 'X' }).expect(403);
      const stranger = app.request().post(`/admin/categories${path}`);
      await stranger.type('form').send({ name: 'X' }).expect(401);
    }
    const { agent } = await app.loginAs('editor');
    for (const id of ['999', 'x', '0']) {
      await agent.get(`/admin/categories/${id}`).expect(404);
      await send(agent, `/admin/categories/${id}/deletion`).expect(404);
    }
    expect(await app.db.category.findMany()).toEqual([sea]);
  });
});

describe('tags', () => {
  it('are made, found, renamed, folded into another and deleted', async () => {
    const { agent } = await app.loginAs('editor');
    await send(agent, '/admin/tags', { name: 'Fog' }).expect(303);
    await send(agent, '/admin/tags', { name: '霧' }).expect(303);
    const fog = await app.db.tag.findFirstOrThrow({ where: { name: 'Fog' } });
    const mist = await app.db.tag.findFirstOrThrow({ where: { name: '霧' } });
    const post = await createPost(app.db, { tagIds: [mist.id] });
    expect((await agent.get('/admin/tags')).text).toContain('>霧<');
    expect((await agent.get('/admin/tags?q=fo')).text).not.toContain('霧');
    await send(agent, `/admin/tags/${fog.id}`, { name: 'Fogs', slug: 'fogs' }).expect(303);
    await app.request().get('/tags/fog').expect(301).expect('Location', '/tags/fogs');
    await send(agent, `/admin/tags/${mist.id}/merger`, { into: 'FOGS' }).expect(303);
    expect(await app.db.tag.findMany()).toMatchObject([{ name: 'Fogs', postCount: 1 }]);
    const merged = await app.db.post.findUniqueOrThrow({
      where: { id: post.id },
      include: { tags: true },
    });
    expect(merged.tags).toMatchObject([{ tagId: fog.id }]);
    expect(merged.tagText).toBe('Fogs');
    await send(agent, `/admin/tags/${fog.id}/deletion`).expect(303);
    expect(await app.db.tag.count()).toBe(0);
    expect(await app.db.post.count()).toBe(1);
  });

  it('refuse a second of a name, a comma, an unknown or the same target', async () => {
    const { agent } = await app.loginAs('editor');
    const fog = await createTag(app.db, { name: 'Fog', slug: 'fog' });
    for (const form of [
      { name: 'FOG' },
      { name: 'a,b' },
      { name: '' },
      { name: 'x', slug: 'fog' },
    ]) {
      await send(agent, '/admin/tags', form).expect(422);
    }
    for (const into of ['', 'nobody', 'fog']) {
      const answer = await send(agent, `/admin/tags/${fog.id}/merger`, { into }).expect(422);
      expect(answer.text).toContain('id="f-into-problem"');
    }
    expect(await app.db.tag.findMany()).toEqual([fog]);
  });

  it('are for editors', async () => {
    const fog = await createTag(app.db);
    const { agent: author } = await app.loginAs('author');
    for (const path of ['', `/${fog.id}`, `/${fog.id}/merger`, `/${fog.id}/deletion`]) {
      await send(author, `/admin/tags${path}`, { name: 'X', into: 'X' }).expect(403);
      await app.request().post(`/admin/tags${path}`).type('form').send({ name: 'X' }).expect(401);
    }
    expect(await app.db.tag.findMany()).toEqual([fog]);
  });
});
