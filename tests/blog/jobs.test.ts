import { describe, expect, it } from 'vitest';
import { RENDERER_VERSION } from '#src/platform/markdown/index.js';
import { enqueueOutdatedRendering, enqueueRerenderOfMedia } from '#src/blog/index.js';
import { useApp } from '../support/app.js';
import { createMedia, createPost, createTag } from '../support/factories.js';
import { runPendingJobs } from '../support/jobs.js';
import { fieldsOf } from './writing.js';

const app = useApp();

describe('a scheduled post', () => {
  it('is public on its minute and counted once its job has run, even late and twice', async () => {
    const { agent, user } = await app.loginAs('author');
    const tag = await createTag(app.db, { name: 'fog' });
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    const fields = { status: 'scheduled', publishedAt: '2026-11-21T13:30', tags: 'fog' };
    await agent
      .post(`/admin/posts/${post.id}`)
      .type('form')
      .send(fieldsOf(post, fields))
      .expect(303);
    await runPendingJobs(app.ctx);
    await app.request().get(`/posts/${post.slug}`).expect(404);
    app.clock.set('2026-11-21T13:30:00.000Z');
    await app.request().get(`/posts/${post.slug}`).expect(200);
    app.clock.set('2026-11-22T09:00:00.000Z');
    await runPendingJobs(app.ctx);
    await runPendingJobs(app.ctx);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved).toMatchObject({ status: 'published', version: 2 });
    expect(saved.publishedAt).toEqual(new Date('2026-11-21T13:30:00.000Z'));
    expect((await app.db.tag.findUniqueOrThrow({ where: { id: tag.id } })).postCount).toBe(1);
    expect(await app.db.auditEvent.count({ where: { action: 'post.publish' } })).toBe(1);
  });

  it('that is put off is published on the later date only', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    const save = (publishedAt: string, version: string) =>
      agent
        .post(`/admin/posts/${post.id}`)
        .type('form')
        .send(fieldsOf(post, { status: 'scheduled', publishedAt, version }))
        .expect(303);
    await save('2026-11-21T13:00', '1');
    await save('2026-11-21T18:00', '2');
    app.clock.set('2026-11-21T14:00:00.000Z');
    await runPendingJobs(app.ctx);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      status: 'scheduled',
    });
    app.clock.set('2026-11-21T18:00:00.000Z');
    await runPendingJobs(app.ctx);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      status: 'published',
    });
  });
});

describe('rendering again', () => {
  it('takes all posts of an older renderer, in batches, and leaves the rest of the row alone', async () => {
    const media = await createMedia(app.db);
    const updatedAt = new Date('2020-01-01T00:00:00Z');
    for (let index = 0; index < 30; index += 1) {
      await createPost(app.db, {
        body: `*${index}* ![](/media/${media.id})`,
        rendererVersion: 0,
        updatedAt,
      });
    }
    await enqueueOutdatedRendering(app.db);
    const done = await runPendingJobs(app.ctx);
    expect(done.map((job) => job.name)).toEqual([
      'blog.rerender-outdated',
      'blog.rerender-outdated',
    ]);
    const posts = await app.db.post.findMany({ orderBy: { id: 'asc' } });
    for (const [index, post] of posts.entries()) {
      expect(post).toMatchObject({ rendererVersion: RENDERER_VERSION, version: 1, updatedAt });
      expect(post.html).toContain(`<em>${index}</em>`);
    }
    expect(await app.db.mediaUse.count()).toBe(30);
  });

  it('follows a picture whose smaller copies have come', async () => {
    const media = await createMedia(app.db);
    const post = await createPost(app.db, { body: `![](/media/${media.id})` });
    const other = await createPost(app.db);
    await app.db.mediaUse.create({ data: { postId: post.id, mediaId: media.id } });
    await app.db.mediaVariant.create({
      data: {
        mediaId: media.id,
        width: 480,
        height: 320,
        mime: 'image/webp',
        key: 'ab/cd/small.webp',
        bytes: 9,
      },
    });
    await enqueueRerenderOfMedia(app.db, [media.id]);
    await runPendingJobs(app.ctx);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved.html).toContain('small.webp 480w');
    expect(await app.db.post.findUniqueOrThrow({ where: { id: other.id } })).toEqual(other);
  });
});
