import { expect, test } from 'vitest';
import { fillDemo, removeDemo } from '#src/transfer/index.js';
import { useApp } from '../support/app.js';
import { createComment, createPost, createUser } from '../support/factories.js';
import { runPendingJobs } from '../support/jobs.js';
import { snapshot } from './small-site.js';

const app = useApp();

/** Rows of all tables but those that only remember what happened. */
function rows() {
  return snapshot(app, ['audit_events']);
}

test('an empty site is filled, twice is once, and removal leaves it as it was', async () => {
  const before = await rows();
  const filled = await fillDemo(app.ctx);
  expect(filled).toMatchObject({ pictures: 6 });
  expect(await app.db.post.count()).toBe(filled?.posts);
  expect(await app.db.comment.count()).toBe(filled?.comments);
  expect(
    await app.db.post.groupBy({ by: ['status'], _count: true, orderBy: { status: 'asc' } }),
  ).toMatchObject([
    { status: 'draft', _count: 1 },
    { status: 'scheduled', _count: 1 },
    { status: 'published' },
  ]);
  expect(await app.db.post.count({ where: { html: { contains: '{{' } } })).toBe(0);
  const after = await rows();
  expect(await fillDemo(app.ctx)).toBeNull();
  expect(await rows()).toEqual(after);
  await runPendingJobs(app.ctx);
  expect(await removeDemo(app.ctx)).toEqual({ posts: filled?.posts, keptPosts: 0, keptOthers: 0 });
  expect(await rows()).toEqual(before);
  expect(await removeDemo(app.ctx)).toBeNull();
}, 180_000);

test('a site with posts is left alone', async () => {
  await createPost(app.db);
  const before = await rows();
  await expect(fillDemo(app.ctx)).rejects.toThrow('the demonstration is for an empty site');
  expect(await rows()).toEqual(before);
});

test('what people have built on it stays', async () => {
  await fillDemo(app.ctx);
  const bySlug = async (slug: string) => app.db.post.findFirstOrThrow({ where: { slug } });
  const answered = await bySlug('how-to-read-a-barometer');
  const edited = await bySlug('the-five-knots-i-actually-use');
  const comment = await createComment(app.db, { postId: answered.id });
  await app.db.post.update({ where: { id: edited.id }, data: { version: 2, title: 'Six knots' } });
  const author = await createUser(app.db, { role: 'author' });
  const category = await app.db.category.findFirstOrThrow({ where: { slug: 'charts' } });
  const own = await createPost(app.db, { authorId: author.id, categoryId: category.id });
  const result = await removeDemo(app.ctx);
  expect(result?.keptPosts).toBe(2);
  expect(
    (await app.db.post.findMany({ orderBy: { id: 'asc' } })).map((post) => post.id).sort(),
  ).toEqual([answered.id, edited.id, own.id].sort());
  expect(await app.db.comment.findUnique({ where: { id: comment.id } })).not.toBeNull();
  expect((await app.db.category.findMany()).map(({ slug }) => slug).sort()).toEqual([
    'barometers',
    'charts',
    'harbours',
    'instruments',
  ]);
  expect(
    (await app.db.user.findMany({ where: { username: { contains: '-' } } }))
      .map(({ username }) => username)
      .sort(),
  ).toEqual(['ines-carrow', 'tobias-lund']);
  expect(await app.db.media.count()).toBe(1);
}, 180_000);

test('its pages open, right to left where they are', async () => {
  await fillDemo(app.ctx);
  for (const { kind, slug } of await app.db.post.findMany({ where: { status: 'published' } })) {
    await app
      .request()
      .get(kind === 'page' ? `/${slug}` : `/posts/${encodeURIComponent(slug)}`)
      .expect(200);
  }
  const arabic = await app.request().get(`/posts/${encodeURIComponent('مزولة-على-رصيف-الميناء')}`);
  expect(arabic.text).toMatch(/lang="ar"[^>]*dir="rtl"|dir="rtl"[^>]*lang="ar"/);
}, 180_000);
