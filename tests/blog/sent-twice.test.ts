import { describe, expect, it } from 'vitest';
import { useApp, type LoggedIn } from '../support/app.js';
import { postFields, savedId } from './writing.js';

const app = useApp();

const autosaveKey = '0b8f0f3e-53a5-4d6b-9d0d-2f1b6a1c9e11';

function send(who: LoggedIn, fields: Record<string, string> = {}, base = '/admin/posts') {
  return who.agent
    .post(base)
    .type('form')
    .send(postFields({ autosaveKey, ...fields }));
}

const titles = async () =>
  (await app.db.post.findMany({ orderBy: { id: 'asc' } })).map((post) => post.title);

describe('a form of a new post that is sent twice', () => {
  it('makes one post, and the second sending leads to it', async () => {
    const author = await app.loginAs('author');
    const fields = { tags: 'Sea, Fog', slug: 'Horns', status: 'published' };
    const first = savedId(await send(author, fields).expect(303));
    app.clock.set(new Date(app.clock.now().getTime() + 60_000));
    expect(savedId(await send(author, fields).expect(303))).toBe(first);
    expect(await app.db.post.findMany()).toMatchObject([{ id: first, version: 1, slug: 'horns' }]);
    expect(await app.db.revision.count()).toBe(1);
    expect(await app.db.auditEvent.count({ where: { action: 'post.create' } })).toBe(1);
  });

  it('makes one post when both arrive at once', async () => {
    const author = await app.loginAs('author');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(author, { tags: 'Sea' })),
    );
    expect(new Set(answers.map(savedId)).size).toBe(1);
    expect(await titles()).toEqual(['Fog signals']);
  });

  it('shows both texts where the second says something else, and loses neither', async () => {
    const author = await app.loginAs('author');
    const id = savedId(await send(author).expect(303));
    const conflict = await send(author, { body: 'A second thought.', tags: 'New' }).expect(409);
    expect(conflict.text).toContain('A second thought.');
    expect(conflict.text).toContain(`action="/admin/posts/${id}"`);
    expect(conflict.text).toMatch(/name="version" value="1"/);
    expect(await titles()).toEqual(['Fog signals']);
    expect(await app.db.tag.count()).toBe(0);
    const kept = await app.db.autosave.findUniqueOrThrow({ where: { key: autosaveKey } });
    expect(kept).toMatchObject({ postId: id, fields: { body: 'A second thought.' } });
    const over = { body: 'A second thought.', version: '1', slug: 'fog-signals' };
    await send(author, over, `/admin/posts/${id}`).expect(303);
    expect(await app.db.post.findMany()).toMatchObject([{ version: 2, body: over.body }]);
  });

  it('is one form for one person and one kind: other people and forms make their own', async () => {
    const author = await app.loginAs('author');
    const editor = await app.loginAs('editor');
    const ids = [
      savedId(await send(author).expect(303)),
      savedId(await send(editor).expect(303)),
      savedId(await send(editor, {}, '/admin/pages').expect(303)),
      savedId(await send(author, { autosaveKey: '' }).expect(303)),
      savedId(await send(author, { autosaveKey: '' }).expect(303)),
    ];
    expect(new Set(ids).size).toBe(5);
  });

  it('makes a new post when the first was deleted for good meanwhile', async () => {
    const author = await app.loginAs('author');
    const id = savedId(await send(author).expect(303));
    await app.db.post.delete({ where: { id } });
    expect(savedId(await send(author).expect(303))).not.toBe(id);
    await app
      .request()
      .post('/admin/posts')
      .type('form')
      .send(postFields({ autosaveKey }))
      .expect(401);
    expect(await titles()).toEqual(['Fog signals']);
  });
});
