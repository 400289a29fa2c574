import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';
import { fieldsOf, postFields } from './writing.js';

const app = useApp();

function autosave(fields: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return {
    kind: 'post',
    postId: null,
    baseVersion: 0,
    fields: {
      title: 'Half a title',
      body: 'Half a text',
      status: 'draft',
      language: 'en',
      ...fields,
    },
    ...rest,
  };
}

describe('keeping what is typed', () => {
  it('keeps it, changes it, and offers it on the first page and in the form', async () => {
    const { agent, user } = await app.loginAs('author');
    const key = randomUUID();
    await agent.put(`/admin/autosaves/${key}`).send(autosave()).expect(200);
    const answer = await agent
      .put(`/admin/autosaves/${key}`)
      .send(autosave({ body: 'More of it' }));
    expect(answer.body).toEqual({ at: app.clock.now().toISOString() });
    const rows = await app.db.autosave.findMany();
    expect(rows).toMatchObject([
      { key, userId: user.id, postId: null, fields: { body: 'More of it' } },
    ]);
    expect((await agent.get('/admin')).text).toContain(`/admin/posts/new?restore=${key}`);
    const form = await agent.get(`/admin/posts/new?restore=${key}`).expect(200);
    expect(form.text).toContain('More of it');
    expect(form.text).toContain(`name="autosaveKey" value="${key}"`);
  });

  it('leaves the post as it is, and is gone once the form is saved', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id });
    const key = randomUUID();
    const content = autosave({ body: 'Unsaved' }, { postId: post.id, baseVersion: 1 });
    await agent.put(`/admin/autosaves/${key}`).send(content).expect(200);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toEqual(post);
    const form = await agent.get(`/admin/posts/${post.id}`).expect(200);
    expect(form.text).toContain(post.body);
    expect(form.text).toContain(`restore=${key}`);
    await agent
      .post(`/admin/posts/${post.id}`)
      .type('form')
      .send(fieldsOf(post, { body: 'Unsaved', autosaveKey: key }))
      .expect(303);
    expect(await app.db.autosave.count()).toBe(0);
  });

  it('can be thrown away without script', async () => {
    const { agent } = await app.loginAs('author');
    const key = randomUUID();
    await agent.put(`/admin/autosaves/${key}`).send(autosave()).expect(200);
    await agent.post(`/admin/autosaves/${key}/deletion`).type('form').send({}).expect(303);
    expect(await app.db.autosave.count()).toBe(0);
  });

  it('belongs to one person', async () => {
    const { agent: owner } = await app.loginAs('author');
    const key = randomUUID();
    await owner.put(`/admin/autosaves/${key}`).send(autosave()).expect(200);
    const { agent: other } = await app.loginAs('admin');
    await other
      .put(`/admin/autosaves/${key}`)
      .send(autosave({ body: 'Mine now' }))
      .expect(404);
    await other.post(`/admin/autosaves/${key}/deletion`).type('form').send({}).expect(303);
    expect((await other.get(`/admin/posts/new?restore=${key}`)).text).not.toContain('Half a text');
    expect(await app.db.autosave.findMany()).toMatchObject([{ fields: { body: 'Half a text' } }]);
  });

  it('refuses strangers, readers, posts of others, and what is no autosave', async () => {
    const key = randomUUID();
    await app
      .request()
      .put(`/admin/autosaves/${key}`)
      .send(autosave())
      .set('Accept', 'application/json')
      .expect(401);
    const { agent: reader } = await app.loginAs('reader');
    await reader.put(`/admin/autosaves/${key}`).send(autosave()).expect(403);
    const { agent } = await app.loginAs('author');
    const post = await createPost(app.db);
    await agent
      .put(`/admin/autosaves/${key}`)
      .send(autosave({}, { postId: post.id }))
      .expect(403);
    await agent
      .put(`/admin/autosaves/${key}`)
      .send(autosave({}, { kind: 'page' }))
      .expect(403);
    await agent
      .put(`/admin/autosaves/${key}`)
      .send(autosave({ body: 7 }))
      .expect(422);
    await agent
      .put(`/admin/autosaves/${key}`)
      .send(autosave({ body: 'nul \0' }))
      .expect(422);
    await agent.put('/admin/autosaves/not-a-key').send(autosave()).expect(404);
    expect(await app.db.autosave.count()).toBe(0);
  });

  it('keeps the newest fifty of a person', async () => {
    const { agent, user } = await app.loginAs('author');
    const old = new Date('2026-01-01T00:00:00Z');
    await app.db.autosave.createMany({
      data: Array.from({ length: 50 }, (_, index) => ({
        key: randomUUID(),
        userId: user.id,
        fields: {},
        updatedAt: new Date(old.getTime() + index),
      })),
    });
    await agent.put(`/admin/autosaves/${randomUUID()}`).send(autosave()).expect(200);
    expect(await app.db.autosave.count()).toBe(50);
    expect(await app.db.autosave.count({ where: { updatedAt: old } })).toBe(0);
  });
});

describe('previewing', () => {
  it('shows what is typed by the renderer of the save: a page, or HTML for the script', async () => {
    const { agent } = await app.loginAs('author');
    const fields = postFields({
      body: '## Tides\n\n<script>alert(1)</script>\n\n*ebb*',
      language: 'he',
    });
    const page = await agent.post('/admin/preview').type('form').send(fields).expect(200);
    expect(page.text).toContain('<em>ebb</em>');
    expect(page.text).toContain('dir="rtl"');
    expect(page.text).not.toContain('alert(1)');
    const answer = await agent
      .post('/admin/preview')
      .set('Accept', 'application/json')
      .field(fields);
    expect(answer.body).toMatchObject({ readingMinutes: 1 });
    expect(answer.body.html).toContain('<em>ebb</em>');
    await app.request().post('/admin/preview').type('form').send(fields).expect(401);
    expect(await app.db.post.count()).toBe(0);
  });

  it('shows a saved draft to those who may edit it', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    expect((await agent.get(`/admin/posts/${post.id}/preview`).expect(200)).text).toContain(
      post.title,
    );
    const { agent: other } = await app.loginAs('author');
    await other.get(`/admin/posts/${post.id}/preview`).expect(403);
    await app.request().get(`/posts/${post.slug}`).expect(404);
  });
});
