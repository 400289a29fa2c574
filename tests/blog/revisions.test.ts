import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createTag } from '../support/factories.js';
import { fieldsOf, postFields, savedId } from './writing.js';

const app = useApp();

async function twoVersions() {
  const author = await app.loginAs('author');
  const first = postFields({
    title: 'Old <title>',
    body: 'The horn was silent.\n\nThe end.',
    tags: 'fog',
  });
  const id = savedId(await author.agent.post('/admin/posts').type('form').send(first));
  const post = await app.db.post.findUniqueOrThrow({ where: { id } });
  await author.agent
    .post(`/admin/posts/${id}`)
    .type('form')
    .send(
      fieldsOf(post, {
        title: 'New title',
        body: 'The horn was loud.\n\nThe end.',
        tags: 'fog, horn',
      }),
    )
    .expect(303);
  return { ...author, id };
}

describe('versions', () => {
  it('are listed, and two of them compared word by word', async () => {
    const { agent, user, id } = await twoVersions();
    const list = await agent.get(`/admin/posts/${id}/revisions`).expect(200);
    expect(list.text).toContain('name="from" value="1"');
    expect(list.text).toContain(user.displayName);
    for (const query of ['from=1&to=2', 'from=2&to=1']) {
      const page = await agent.get(`/admin/posts/${id}/revisions?${query}`).expect(200);
      expect(page.text).toMatch(/<del>.*The horn was <mark>silent<\/mark>\.<\/del>/);
      expect(page.text).toMatch(/<ins>.*The horn was <mark>loud<\/mark>\.<\/ins>/);
      expect(page.text).toContain('<del>Old &lt;title&gt;</del>');
    }
  });

  it('come back as a new version; tags stay as they are', async () => {
    const { agent, user, id } = await twoVersions();
    await agent.post(`/admin/posts/${id}/revisions/1/restoration`).expect(303);
    const post = await app.db.post.findUniqueOrThrow({ where: { id }, include: { tags: true } });
    expect(post).toMatchObject({
      version: 3,
      title: 'Old <title>',
      body: 'The horn was silent.\n\nThe end.',
    });
    expect(post.tags).toHaveLength(2);
    expect(post.html).toContain('silent');
    const newest = await app.db.revision.findUniqueOrThrow({
      where: { postId_version: { postId: id, version: 3 } },
    });
    expect(newest).toMatchObject({ restoredFrom: 1, authorId: user.id });
    await agent.post(`/admin/posts/${id}/revisions/3/restoration`).expect(303);
    expect(await app.db.revision.count({ where: { postId: id } })).toBe(3);
  });

  it('are for those who may edit the post, and must exist', async () => {
    const { agent, id } = await twoVersions();
    await agent.get(`/admin/posts/${id}/revisions?from=1&to=9`).expect(404);
    await agent.post(`/admin/posts/${id}/revisions/9/restoration`).expect(404);
    await agent.post(`/admin/posts/${id}/revisions/x/restoration`).expect(404);
    await agent.get(`/admin/pages/${id}/revisions`).expect(403);
    await app.request().post(`/admin/posts/${id}/revisions/1/restoration`).expect(401);
    const { agent: other } = await app.loginAs('author');
    await other.get(`/admin/posts/${id}/revisions`).expect(403);
    await other.post(`/admin/posts/${id}/revisions/1/restoration`).expect(403);
    expect(await app.db.post.findUniqueOrThrow({ where: { id } })).toMatchObject({ version: 2 });
  });

  it('go with the post when it is deleted for good, and its addresses are free again', async () => {
    const { agent, id } = await twoVersions();
    await createTag(app.db);
    await app.db.slugHistory.create({ data: { kind: 'post', slug: 'once', postId: id } });
    const batch = (action: string) =>
      agent
        .post('/admin/posts/batch')
        .type('form')
        .send({ ids: String(id), action })
        .expect(303);
    await batch('delete');
    expect(await app.db.post.count()).toBe(1);
    await batch('trash');
    await batch('delete');
    expect(await app.db.post.count()).toBe(0);
    expect(await app.db.revision.count()).toBe(0);
    expect(await app.db.slugHistory.count()).toBe(0);
    expect(await app.db.tag.count()).toBe(3);
    const again = await agent
      .post('/admin/posts')
      .type('form')
      .send(postFields({ title: 'Once' }));
    const post = await app.db.post.findUniqueOrThrow({ where: { id: savedId(again) } });
    expect(post.slug).toBe('once');
  });
});
