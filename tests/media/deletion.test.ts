import { describe, expect, it } from 'vitest';
import { storeImage } from '#src/media/index.js';
import { useApp, type LoggedIn } from '../support/app.js';
import { createMedia, createPost, createUser } from '../support/factories.js';
import { runPendingJobs } from '../support/jobs.js';
import { drawing } from './pictures.js';
import { queuedJobs } from './queue.js';

const app = useApp();

async function upload(uploaderId: number | null, bytes?: Buffer) {
  const picture = bytes ?? (await drawing(600, 400).jpeg().toBuffer());
  const { media } = await storeImage(app.ctx, { bytes: picture, filename: 'a.jpg', uploaderId });
  await runPendingJobs(app.ctx);
  return app.db.media.findUniqueOrThrow({ where: { id: media.id }, include: { variants: true } });
}

function remove({ agent }: Pick<LoggedIn, 'agent'>, id: number) {
  return agent.post(`/admin/media/${id}/deletion`);
}

describe('deleting a picture', () => {
  it('that nothing shows takes row, copies and files away', async () => {
    const owner = await app.loginAs('author');
    const media = await upload(owner.user.id);
    await remove(owner, media.id).expect(303).expect('Location', '/admin/media');
    expect(await app.db.media.count()).toBe(0);
    expect(await app.db.mediaVariant.count()).toBe(0);
    expect(await app.db.auditEvent.findFirst({ where: { action: 'media.delete' } })).toMatchObject({
      actorId: owner.user.id,
      targetType: 'media',
      targetId: String(media.id),
    });
    await app.request().get(`/media/${media.key}`).expect(200);
    await runPendingJobs(app.ctx);
    const keys = [media.key, media.originalKey, ...media.variants.map(({ key }) => key)];
    for (const key of keys) expect(await app.ctx.storage.exists(key)).toBe(false);
    await app.request().get(`/media/${media.key}`).expect(404);
    await remove(owner, media.id).expect(404);
  });

  it('leaves files that another picture shares', async () => {
    const owner = await app.loginAs('editor');
    const bytes = await drawing(600, 400).jpeg().toBuffer();
    const first = await upload(null, bytes);
    // The same picture with something behind its end: other bytes, the same clean file.
    const second = await upload(null, Buffer.concat([bytes, Buffer.from('tail')]));
    expect(second.id).not.toBe(first.id);
    expect(second.key).toBe(first.key);
    await remove(owner, first.id).expect(303);
    await runPendingJobs(app.ctx);
    for (const { key } of [second, ...second.variants]) {
      expect(await app.ctx.storage.exists(key)).toBe(true);
    }
    expect(await app.ctx.storage.exists(second.originalKey)).toBe(true);
    expect(await app.ctx.storage.exists(first.originalKey)).toBe(false);
  });

  it.each(['text', 'cover', 'avatar'])('shown as %s is refused with the list of places', async (kind) => {
    const owner = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: owner.user.id });
    const post = await createPost(app.db, {
      title: 'Where it is <shown>',
      authorId: owner.user.id,
      coverId: kind === 'cover' ? media.id : null,
    });
    if (kind === 'text') {
      await app.db.mediaUse.create({ data: { mediaId: media.id, postId: post.id } });
    }
    if (kind === 'avatar') {
      await createUser(app.db, { displayName: 'Where it is <shown>', avatarId: media.id });
    }
    const page = await remove(owner, media.id).expect(409);
    expect(page.text).toContain('This picture is still in use, so it was not deleted.');
    expect(page.text).toContain('Where it is &lt;shown&gt;');
    expect(page.text).not.toContain('/deletion"');
    await remove(owner, media.id).set('Accept', 'application/json').expect(409);
    expect(await app.db.media.count()).toBe(1);
    expect(await queuedJobs(app.db)).toEqual([]);
    expect(await app.db.auditEvent.count({ where: { action: 'media.delete' } })).toBe(0);
  });

  it('is not for strangers, readers and other authors', async () => {
    const media = await createMedia(app.db, { uploaderId: (await createUser(app.db)).id });
    await app.request().post(`/admin/media/${media.id}/deletion`).expect(401);
    await remove(await app.loginAs('reader'), media.id).expect(403);
    await remove(await app.loginAs('author'), media.id).expect(403);
    expect(await app.db.media.count()).toBe(1);
    expect(await queuedJobs(app.db)).toEqual([]);
    await remove(await app.loginAs('editor'), media.id).expect(303);
  });

  it('while a post begins to show it ends one way or the other, never with a broken post', async () => {
    const owner = await app.loginAs('editor');
    for (let round = 0; round < 5; round += 1) {
      const media = await createMedia(app.db);
      const post = await createPost(app.db);
      const use = app.db.mediaUse
        .create({ data: { mediaId: media.id, postId: post.id } })
        .then(() => true)
        .catch(() => false);
      const [used, answer] = await Promise.all([use, remove(owner, media.id)]);
      expect(answer.status).toBe(used ? 409 : 303);
      expect(await app.db.media.count({ where: { id: media.id } })).toBe(used ? 1 : 0);
    }
  });
});

describe('where a picture is used', () => {
  it('hides from authors what they may not know of, and counts it', async () => {
    const owner = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: owner.user.id });
    const posts = [
      await createPost(app.db, { title: 'Public one' }),
      await createPost(app.db, { title: 'Secret draft', status: 'draft' }),
      await createPost(app.db, { title: 'Own draft', status: 'draft', authorId: owner.user.id }),
      await createPost(app.db, {
        title: 'Tomorrow',
        status: 'scheduled',
        publishedAt: new Date('2026-11-22T12:00:00Z'),
      }),
    ];
    await app.db.mediaUse.createMany({
      data: posts.map((post) => ({ mediaId: media.id, postId: post.id })),
    });
    const page = await owner.agent.get(`/admin/media/${media.id}`).expect(200);
    expect(page.text).toContain('Public one');
    expect(page.text).toContain('Own draft');
    expect(page.text).not.toContain('Secret draft');
    expect(page.text).not.toContain('Tomorrow');
    expect(page.text).toContain('2 posts that you cannot see');
    const editor = await app.loginAs('editor');
    const all = await editor.agent.get(`/admin/media/${media.id}`).expect(200);
    for (const { title } of posts) expect(all.text).toContain(title);
  });
});
