import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import supertest from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '#src/app.js';
import { createDatabase } from '#src/platform/db.js';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';
import { fieldsOf, postFields } from './writing.js';

const app = useApp();

const words = { body: 'Every word of it.', tags: 'Sea, Fog', excerpt: 'In short.' };

afterEach(() => vi.restoreAllMocks());

function expectWords(text: string): void {
  expect(text).toContain('This is not saved yet, and your text is safe');
  expect(text).toContain('Every word of it.');
  expect(text).toContain('name="tags" value="Sea, Fog"');
  expect(text).toContain('name="excerpt" value="In short."');
  expect(text).toContain('name="title" value="Fog signals"');
}

describe('a form that cannot be saved', () => {
  it('comes back whole when the pictures cannot be kept', async () => {
    const { agent } = await app.loginAs('author');
    const log = vi.spyOn(app.ctx.log, 'error');
    const folder = app.ctx.config.mediaDir;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#8aa0a8' } })
      .png()
      .toBuffer();
    const answer = await agent
      .post('/admin/posts')
      .field(postFields(words))
      .attach('coverFile', png, 'fog.png');
    rmSync(folder);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expectWords(answer.text);
    expect(answer.text).toContain('action="/admin/posts"');
    const { id } = log.mock.calls[0]?.[0] as unknown as { id: string };
    expect(answer.text).toContain(id);
    expect(await app.db.post.count()).toBe(0);
  });

  it('comes back whole when the database is away before anything of it is read', async () => {
    const { agent } = await app.loginAs('author');
    const cookie = (await agent.get('/admin').expect(200)).request.get('Cookie');
    const db = createDatabase('postgresql://nobody@127.0.0.1:9/none');
    const away = createApp({ ...app.ctx, db });
    const answer = await supertest(away)
      .post('/admin/posts/7')
      .set('Cookie', String(cookie))
      .field(postFields(words));
    await db.$disconnect();
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
    expectWords(answer.text);
    expect(answer.text).toContain('action="/admin/posts/7"');
  });

  it('comes back whole, for a new post, when its post is gone', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    await app.db.post.delete({ where: { id: post.id } });
    const fields = fieldsOf(post, { ...words, title: 'Fog signals' });
    const answer = await agent.post(`/admin/posts/${post.id}`).field(fields).expect(404);
    expectWords(answer.text);
    expect(answer.text).toContain('action="/admin/posts"');
    expect(answer.text).toContain('name="version" value="0"');
  });

  it('stays an error in JSON to programs', async () => {
    const { agent } = await app.loginAs('author');
    const answer = await agent
      .post('/admin/posts/4711')
      .set('Accept', 'application/json')
      .field(postFields(words))
      .expect(404);
    expect(answer.body.error.code).toBe('not_found');
  });
});
