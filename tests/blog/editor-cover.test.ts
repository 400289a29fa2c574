import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createMedia, createPost } from '../support/factories.js';
import { fieldsOf, postFields, savedId } from './writing.js';

const app = useApp();

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#8aa0a8' } })
    .png()
    .toBuffer();
}

describe('the cover of a post', () => {
  it('comes with the form, into the library of its author, described', async () => {
    const { agent, user } = await app.loginAs('author');
    const answer = await agent
      .post('/admin/posts')
      .field(postFields({ coverAlt: 'Fog over the harbour' }))
      .attach('coverFile', await picture(), 'fog.png');
    const post = await app.db.post.findUniqueOrThrow({
      where: { id: savedId(answer) },
      include: { cover: true },
    });
    expect(post.cover).toMatchObject({
      alt: 'Fog over the harbour',
      uploaderId: user.id,
      width: 60,
      height: 40,
    });
    const form = await agent.get(`/admin/posts/${post.id}`).expect(200);
    expect(form.text).toMatch(new RegExp(`name="coverId" value="${post.coverId}" checked`));
  });

  it('that is refused loses no word of the text, and makes no post', async () => {
    const { agent } = await app.loginAs('author');
    for (const [bytes, name] of [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.svg'],
      [Buffer.alloc(26 * 1024 * 1024), 'huge.png'],
    ] as const) {
      const answer = await agent
        .post('/admin/posts')
        .field(postFields({ body: 'Every word of it.' }))
        .attach('coverFile', bytes, name)
        .expect(422);
      expect(answer.text).toContain('Every word of it.');
      expect(answer.text).toContain('id="f-coverFile-problem"');
      expect(answer.text).toContain(name);
    }
    expect(await app.db.post.count()).toBe(0);
    expect(await app.db.media.count()).toBe(0);
  });

  it('is not kept for somebody without a session', async () => {
    await app
      .request()
      .post('/admin/posts')
      .field(postFields())
      .attach('coverFile', await picture(), 'fog.png')
      .expect(401);
    expect(await app.db.media.count()).toBe(0);
  });

  it('is chosen from the library, and taken away', async () => {
    const { agent, user } = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: user.id });
    const foreign = await createMedia(app.db);
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    const form = await agent.get(`/admin/posts/${post.id}`).expect(200);
    expect(form.text).toContain(`name="coverId" value="${media.id}"`);
    expect(form.text).not.toContain(`name="coverId" value="${foreign.id}"`);
    const choose = (coverId: string, version: string) =>
      agent
        .post(`/admin/posts/${post.id}`)
        .type('form')
        .send(fieldsOf(post, { coverId, version }))
        .expect(303);
    await choose(String(media.id), '1');
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      coverId: media.id,
    });
    await choose('', '2');
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      coverId: null,
      version: 3,
    });
  });
});
