import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { postFields } from './writing.js';

const app = useApp();

const MB = 1024 * 1024;

describe('the form of a post as a request', () => {
  it('is refused before it is read when it says that it is too large', async () => {
    const answer = await app
      .request()
      .post('/admin/posts')
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .set('Content-Length', String(3 * 1024 * MB))
      .timeout(10_000)
      .expect(413);
    expect(answer.text).toContain('This is too large');
  });

  it('is refused when its fields are too large together, from anyone', async () => {
    const { agent } = await app.loginAs('author');
    for (const who of [app.request(), agent]) {
      const form = who.post('/admin/posts').field(postFields());
      for (let n = 0; n < 6; n += 1) form.field(`more${n}`, 'x'.repeat(MB));
      const answer = await form.expect(413);
      expect(answer.text).toContain('This is too large');
    }
    expect(await app.db.post.count()).toBe(0);
  });

  it('is refused with many or nested fields', async () => {
    const many = app.request().post('/admin/posts').field(postFields());
    for (let n = 0; n < 600; n += 1) many.field('categoryIds', '1');
    await many.expect(400);
    await app.request().post('/admin/posts').field('a[b][c]', 'x').expect(400);
  });

  it('is not read at all for somebody whose role does not suffice', async () => {
    for (const [role, path] of [
      ['reader', '/admin/posts'],
      ['author', '/admin/pages'],
    ] as const) {
      const { agent } = await app.loginAs(role);
      await agent
        .post(path)
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send('this is no form')
        .expect(403);
    }
  });

  it('comes back to somebody without a session, its known fields alone', async () => {
    const answer = await app
      .request()
      .post('/admin/posts')
      .field(postFields({ body: 'Every word of it.', extra: 'unasked' }))
      .attach('coverFile', Buffer.alloc(6 * MB), 'fog.png')
      .expect(401);
    expect(answer.text).toContain('Every word of it.');
    expect(answer.text).not.toContain('unasked');
  });

  it('of many people without a session at once is refused with a time to come back', async () => {
    const text = 'x'.repeat(600_000);
    const answers = await Promise.all(
      Array.from({ length: 24 }, () =>
        app
          .request()
          .post('/admin/posts')
          .field(postFields({ body: text })),
      ),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toEqual(new Set([401, 429]));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    await app.request().post('/admin/posts').field(postFields()).expect(401);
  });
});
