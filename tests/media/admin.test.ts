import { describe, expect, it } from 'vitest';
import { storeImage } from '#src/media/index.js';
import { useApp } from '../support/app.js';
import { createMedia, createPost, createUser } from '../support/factories.js';
import { runPendingJobs } from '../support/jobs.js';
import { drawing } from './pictures.js';
import { queuedJobs } from './queue.js';

const app = useApp();

describe('GET /admin/media', () => {
  it('shows authors their own uploads, editors everything', async () => {
    const { agent, user } = await app.loginAs('author');
    await createMedia(app.db, { filename: 'mine.jpg', uploaderId: user.id });
    await createMedia(app.db, { filename: 'theirs.jpg' });
    const own = await agent.get('/admin/media').expect(200);
    expect(own.text).toContain('mine.jpg');
    expect(own.text).not.toContain('theirs.jpg');
    const editor = await app.loginAs('editor');
    const all = await editor.agent.get('/admin/media').expect(200);
    expect(all.text).toContain('mine.jpg');
    expect(all.text).toContain('theirs.jpg');
  });

  it('is for authors and above', async () => {
    await app.request().get('/admin/media').expect(302).expect('Location', /^\/login\?returnTo=/);
    await app.request().get('/admin/media.json').set('Accept', 'application/json').expect(401);
    const { agent } = await app.loginAs('reader');
    await agent.get('/admin/media').expect(403);
    await agent.get('/admin/media.json').expect(403);
  });

  it('pages by cursor, both ways, also within one instant', async () => {
    for (let index = 0; index < 95; index += 1) {
      await createMedia(app.db, { filename: `p${index}.jpg`, createdAt: app.clock.now() });
    }
    const { agent } = await app.loginAs('editor');
    const names = (html: string) => [...html.matchAll(/>(p\d+)\.jpg</g)].map((match) => match[1]);
    const follow = (html: string, rel: string) =>
      new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&');
    const first = (await agent.get('/admin/media?q=p').expect(200)).text;
    const second = (await agent.get(follow(first, 'next') ?? '').expect(200)).text;
    const third = (await agent.get(follow(second, 'next') ?? '').expect(200)).text;
    const all = [first, second, third].flatMap(names);
    expect(all).toEqual(Array.from({ length: 95 }, (_, index) => `p${94 - index}`));
    expect(follow(third, 'next')).toBeUndefined();
    expect(names((await agent.get(follow(third, 'prev') ?? '')).text)).toEqual(names(second));
    await agent.get('/admin/media?before=nonsense').expect(400);
    await agent.get('/admin/media?before=1-1&after=1-1').expect(400);
  });

  it('searches names and alt texts, taking wildcards as they are written', async () => {
    await createMedia(app.db, { filename: 'Sunset_1.JPG' });
    await createMedia(app.db, { filename: 'b.png', alt: 'Ein Sonnenuntergang, 100% echt' });
    await createMedia(app.db, { filename: 'c.png', alt: 'nothing' });
    const { agent } = await app.loginAs('editor');
    const found = async (q: string) => {
      const answer = await agent.get('/admin/media.json').query({ q }).expect(200);
      return (answer.body.media as { filename: string }[]).map(({ filename }) => filename);
    };
    expect(await found('sunset')).toEqual(['Sunset_1.JPG']);
    expect(await found('SONNEN')).toEqual(['b.png']);
    expect(await found('100%')).toEqual(['b.png']);
    expect(await found('_')).toEqual(['Sunset_1.JPG']);
    expect(await found('%')).toEqual(['b.png']);
    expect(await found('\\')).toEqual([]);
    for (const q of ['x'.repeat(500), '<script>', "'; DROP TABLE media", '\u202E']) {
      await agent.get('/admin/media').query({ q }).expect(200);
    }
    await agent.get('/admin/media').query({ q: '\0' }).expect(400);
    const none = await agent.get('/admin/media').query({ q: '<b>none' }).expect(200);
    expect(none.text).toContain('No picture has “&lt;b&gt;none” in its name or alt text.');
  });

  it('as JSON is what a chooser of covers needs, page by page', async () => {
    const { agent, user } = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: user.id, alt: 'A sea' });
    const answer = await agent.get('/admin/media.json').expect(200);
    expect(answer.body).toEqual({
      media: [
        {
          id: media.id,
          url: `/media/${media.id}`,
          markdown: `![A sea](/media/${media.id})`,
          filename: 'picture.jpg',
          state: 'ready',
          src: `/media/${media.key}`,
          width: 1200,
          height: 800,
          alt: 'A sea',
        },
      ],
      older: null,
      newer: null,
    });
    expect(answer.headers['cache-control']).toContain('no-store');
  });
});

describe('the words of a picture', () => {
  it('are saved, and posts that cite it are rendered again', async () => {
    const { agent, user } = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: user.id });
    const post = await createPost(app.db, { body: `![](/media/${media.id})`, html: 'old' });
    await app.db.mediaUse.create({ data: { mediaId: media.id, postId: post.id } });
    const words = { alt: '  “Naïve” <b>\r\n& 😀 ', caption: 'Caption' };
    const answer = await agent.post(`/admin/media/${media.id}`).type('form').send(words).expect(303);
    expect(answer.headers.location).toBe(`/admin/media/${media.id}`);
    expect(await app.db.media.findUnique({ where: { id: media.id } })).toMatchObject({
      alt: '“Naïve” <b>\n& 😀',
      caption: 'Caption',
    });
    await runPendingJobs(app.ctx);
    const { html } = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(html).toContain('“Naïve” &lt;b&gt;');
    const page = await agent.get(`/admin/media/${media.id}`).expect(200);
    expect(page.text).toContain('“Naïve” &lt;b&gt;');
    expect(page.text).not.toContain('<b>\n');
  });

  it('that do not fit come back with what was typed', async () => {
    const { agent, user } = await app.loginAs('author');
    const media = await createMedia(app.db, { uploaderId: user.id });
    const long = 'y'.repeat(1001);
    const page = await agent
      .post(`/admin/media/${media.id}`)
      .type('form')
      .send({ alt: long, caption: 'kept' })
      .expect(422);
    expect(page.text).toContain('At most 1,000 characters, please.');
    expect(page.text).toContain(long);
    expect(page.text).toContain('kept');
    await agent.post(`/admin/media/${media.id}`).type('form').send({ alt: 'a\0b' }).expect(422);
    await agent.post(`/admin/media/${media.id}`).type('form').send('alt=a&alt=b').expect(422);
    expect(await app.db.media.findUnique({ where: { id: media.id } })).toMatchObject({ alt: '' });
    expect(await queuedJobs(app.db)).toEqual([]);
  });

  it('are for the owner and for editors', async () => {
    const media = await createMedia(app.db, { uploaderId: (await createUser(app.db)).id });
    const send = (agent: ReturnType<typeof app.request>) =>
      agent.post(`/admin/media/${media.id}`).type('form').send({ alt: 'new' });
    await send(app.request()).expect(401);
    await send((await app.loginAs('reader')).agent).expect(403);
    const { agent } = await app.loginAs('author');
    await send(agent).expect(403);
    await agent.get(`/admin/media/${media.id}`).expect(403);
    expect(await app.db.media.findUnique({ where: { id: media.id } })).toMatchObject({ alt: '' });
    expect(await queuedJobs(app.db)).toEqual([]);
    await send((await app.loginAs('editor')).agent).expect(303);
  });

  it.each(['0', '-1', '1.5', 'abc', '1e1', '99999999999', '2147483647'])(
    'of a picture %s are not there',
    async (id) => {
      const { agent } = await app.loginAs('admin');
      await agent.get(`/admin/media/${id}`).expect(404);
      await agent.post(`/admin/media/${id}`).type('form').send({ alt: 'x' }).expect(404);
      await agent.post(`/admin/media/${id}/deletion`).expect(404);
      await agent.get(`/admin/media/${id}/original`).expect(404);
    },
  );
});

describe('the bytes as uploaded', () => {
  it('are for the owner and for editors, under the name they came with', async () => {
    const { agent, user } = await app.loginAs('author');
    const bytes = await drawing(30, 20).jpeg().toBuffer();
    const input = { bytes, filename: 'Été "1".jpg', uploaderId: user.id };
    const { media } = await storeImage(app.ctx, input);
    const answer = await agent.get(`/admin/media/${media.id}/original`).expect(200);
    expect(answer.body).toEqual(bytes);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; .*%C3%89t%C3%A9/);
    await app.request().get(`/admin/media/${media.id}/original`).expect(302);
    const other = await app.loginAs('author');
    await other.agent.get(`/admin/media/${media.id}/original`).expect(403);
    const editor = await app.loginAs('editor');
    await editor.agent.get(`/admin/media/${media.id}/original`).expect(200);
  });

  it('that are gone are 404', async () => {
    const { agent } = await app.loginAs('editor');
    const originalKey = `originals/00/00/${'0'.repeat(64)}`;
    const { id } = await createMedia(app.db, { originalKey });
    await agent.get(`/admin/media/${id}/original`).expect(404);
  });
});
