import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createPost } from '../support/factories.js';
import { fieldsOf, jobsNamed } from './writing.js';

const app = useApp();

describe('saving a stored post', () => {
  it('is a new version with its revision; the same again is none', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, commentsOpen: false });
    const send = (fields: Record<string, string>) =>
      agent.post(`/admin/posts/${post.id}`).type('form').send(fieldsOf(post, fields));
    const date = { publishedAt: '2026-11-21T11:00' };
    await send({ ...date, body: 'Another text.' }).expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved).toMatchObject({
      version: 2,
      body: 'Another text.',
      publishedAt: post.publishedAt,
    });
    expect(saved.updatedAt).toEqual(app.clock.now());
    await send({ ...date, body: 'Another text.', version: '2' }).expect(303);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({
      version: 2,
    });
    const revisions = await app.db.revision.findMany({ orderBy: { version: 'asc' } });
    expect(revisions.map(({ version, body }) => ({ version, body }))).toEqual([
      { version: 1, body: post.body },
      { version: 2, body: 'Another text.' },
    ]);
  });

  it('is refused to readers, to other authors, and to strangers, and finds no missing post', async () => {
    const post = await createPost(app.db);
    const fields = fieldsOf(post, { title: 'Taken over' });
    for (const role of ['reader', 'author'] as const) {
      const { agent } = await app.loginAs(role);
      await agent.post(`/admin/posts/${post.id}`).type('form').send(fields).expect(403);
      await agent.get(`/admin/posts/${post.id}`).expect(403);
    }
    await app.request().post(`/admin/posts/${post.id}`).type('form').send(fields).expect(401);
    const { agent: editor } = await app.loginAs('editor');
    for (const id of ['999', '0', 'x', '99999999999', '1%00']) {
      const answer = await editor.post(`/admin/posts/${id}`).type('form').send(fields);
      expect([400, 404]).toContain(answer.status);
    }
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toEqual(post);
    await editor.post(`/admin/posts/${post.id}`).type('form').send(fields).expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved).toMatchObject({ title: 'Taken over', authorId: post.authorId });
  });

  it('sends readers of an old address on, and takes it back without a circle', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, slug: 'first' });
    const rename = (slug: string, version: string) =>
      agent
        .post(`/admin/posts/${post.id}`)
        .type('form')
        .send(fieldsOf(post, { slug, version, publishedAt: '2026-11-21T11:00' }))
        .expect(303);
    await rename('second', '1');
    await app.request().get('/posts/first').expect(301).expect('Location', '/posts/second');
    await rename('first', '2');
    await app.request().get('/posts/second').expect(301).expect('Location', '/posts/first');
    await app.request().get('/posts/first').expect(200);
  });

  it('lets the address follow the title until the first publication', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, {
      authorId: user.id,
      status: 'draft',
      title: 'Working title',
      slug: 'working-title',
    });
    await agent
      .post(`/admin/posts/${post.id}`)
      .type('form')
      .send(fieldsOf(post, { title: 'The real one' }))
      .expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved.slug).toBe('the-real-one');
    expect(await app.db.slugHistory.count()).toBe(0);
  });

  it('keeps the pin for authors, who may not set it', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft', sticky: true });
    await agent
      .post(`/admin/posts/${post.id}`)
      .type('form')
      .send(fieldsOf(post, { title: 'New' }))
      .expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved).toMatchObject({ title: 'New', sticky: true });
  });

  it('moves to another category, keeps the further ones, and never lacks a first one', async () => {
    const { agent, user } = await app.loginAs('author');
    const [a, b, c] = [
      await createCategory(app.db),
      await createCategory(app.db),
      await createCategory(app.db),
    ];
    const post = await createPost(app.db, {
      authorId: user.id,
      status: 'draft',
      categoryId: a.id,
      categoryIds: [a.id, b.id],
    });
    const form = await agent.get(`/admin/posts/${post.id}`).expect(200);
    expect(form.text).toContain(`name="categoryIds" value="${b.id}" checked`);
    expect(form.text).not.toContain(`name="categoryIds" value="${a.id}" checked`);
    const file = async (categoryId: string, version: string) => {
      const fields = fieldsOf(post, { categoryId, categoryIds: String(b.id), version });
      await agent.post(`/admin/posts/${post.id}`).type('form').send(fields).expect(303);
      const saved = await app.db.post.findUniqueOrThrow({
        where: { id: post.id },
        include: { categories: true },
      });
      const all = saved.categories.map((row) => row.categoryId).toSorted((x, y) => x - y);
      return [saved.categoryId, all];
    };
    expect(await file(String(c.id), '1')).toEqual([c.id, [b.id, c.id]]);
    expect(await file('', '2')).toEqual([b.id, [b.id]]);
  });

  it('answers programs in JSON', async () => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    const answer = await agent
      .post(`/admin/posts/${post.id}`)
      .set('Accept', 'application/json')
      .field(fieldsOf(post, { body: 'By key' }))
      .expect(200);
    expect(answer.body).toEqual({
      id: post.id,
      slug: post.slug,
      status: 'draft',
      version: 2,
      changed: true,
      href: `/admin/posts/${post.id}`,
    });
  });
});

describe('status and date', () => {
  const cases: [string, Record<string, string>, { status: string; at: string | null }][] = [
    [
      'published without a date is now',
      { status: 'published' },
      { status: 'published', at: '2026-11-21T12:00:00.000Z' },
    ],
    [
      'published with a date to come is scheduled',
      { status: 'published', publishedAt: '2026-12-01T08:30' },
      { status: 'scheduled', at: '2026-12-01T08:30:00.000Z' },
    ],
    [
      'scheduled with a date gone by is published',
      { status: 'scheduled', publishedAt: '2026-01-01T08:30' },
      { status: 'published', at: '2026-01-01T08:30:00.000Z' },
    ],
    [
      'a draft keeps its date',
      { status: 'draft', publishedAt: '2027-01-01T00:00' },
      { status: 'draft', at: '2027-01-01T00:00:00.000Z' },
    ],
    [
      'the button beside Save publishes',
      { status: 'draft', intent: 'publish' },
      { status: 'published', at: '2026-11-21T12:00:00.000Z' },
    ],
    [
      'private is dated now',
      { status: 'private' },
      { status: 'private', at: '2026-11-21T12:00:00.000Z' },
    ],
  ];
  it.each(cases)('%s', async (_name, fields, wanted) => {
    const { agent, user } = await app.loginAs('author');
    const post = await createPost(app.db, { authorId: user.id, status: 'draft' });
    await agent
      .post(`/admin/posts/${post.id}`)
      .type('form')
      .send(fieldsOf(post, fields))
      .expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id: post.id } });
    expect(saved.status).toBe(wanted.status);
    expect(saved.publishedAt?.toISOString() ?? null).toBe(wanted.at);
    const jobs = await jobsNamed(app.db, 'blog.publish-due');
    const due = wanted.status === 'scheduled' ? [wanted.at] : [];
    expect(jobs.map((job) => job.run_at.toISOString())).toEqual(due);
  });
});
