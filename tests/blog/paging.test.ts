import { beforeEach, describe, expect, it } from 'vitest';
import { createCategory, createPost, createTag, createUser } from '../support/factories.js';
import { useApp } from '../support/app.js';
import { listVisiblePosts, visiblePostsSql, type ListScope } from '#src/blog/lists.queries.js';
import { changeSettings } from '#src/site/index.js';
import { parseCursor } from '#src/platform/pagination.js';
import { Prisma } from '#src/platform/db.js';

const app = useApp();

/** Addresses of the posts of a page, in order. */
function postsOf(text: string): string[] {
  return [...text.matchAll(/(?:item|lead)-title"><a href="([^"]+)"/g)].map(
    ([, href]) => href ?? '',
  );
}

function linkOf(text: string, rel: 'prev' | 'next'): string | undefined {
  const main = text.slice(text.indexOf('<main'));
  return new RegExp(`rel="${rel}" href="([^"]+)"`).exec(main)?.[1];
}

async function page(path: string) {
  const { text } = await app.request().get(path).expect(200);
  return { posts: postsOf(text), next: linkOf(text, 'next'), prev: linkOf(text, 'prev'), text };
}

describe('paging', () => {
  beforeEach(() => changeSettings(app.db, { postsPerPage: 4 }));

  it('goes through posts of one instant once each, forth and back', async () => {
    const at = new Date('2026-01-01T00:00:00Z');
    for (let n = 1; n <= 10; n += 1) await createPost(app.db, { slug: `p${n}`, publishedAt: at });
    const first = await page('/');
    const second = await page(first.next ?? '');
    const third = await page(second.next ?? '');
    const all = [...first.posts, ...second.posts, ...third.posts];
    expect(all).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `/posts/p${n}`));
    expect(third.next).toBeUndefined();
    const back = await page(third.prev ?? '');
    expect(back.posts).toEqual(second.posts);
    expect((await page(back.prev ?? '')).posts).toEqual(first.posts);
  });

  it('does not shift when something new is published', async () => {
    for (let n = 1; n <= 9; n += 1)
      await createPost(app.db, { slug: `p${n}`, publishedAt: new Date(2026, 0, n) });
    const first = await page('/');
    await createPost(app.db, { slug: 'fresh' });
    const second = await page(first.next ?? '');
    expect(second.posts).toEqual(['/posts/p5', '/posts/p4', '/posts/p3', '/posts/p2']);
    const back = await page(second.prev ?? '');
    expect(back.posts).toEqual(first.posts);
    expect((await page(back.prev ?? '')).posts).toEqual(['/posts/fresh']);
  });

  it('puts the newest pinned post first, once', async () => {
    for (let n = 1; n <= 6; n += 1)
      await createPost(app.db, { slug: `p${n}`, publishedAt: new Date(2026, 0, n), sticky: n < 3 });
    const first = await page('/');
    expect(first.posts).toEqual(['/posts/p2', '/posts/p6', '/posts/p5', '/posts/p4']);
    expect((await page(first.next ?? '')).posts).toEqual(['/posts/p3', '/posts/p2', '/posts/p1']);
  });

  it('bears the earliest, the latest and the highest place there can be', async () => {
    await createPost(app.db);
    for (const place of ['0-0', '0-zik0zj', 'zzzzzzzzzz-1', '1z141z4-1'])
      for (const way of ['before', 'after'])
        await app.request().get(`/?${way}=${place}`).expect(200);
  });

  it('says so at the end, and refuses cursors that are not ours', async () => {
    await createPost(app.db);
    expect((await page('/?before=0-0')).text).toContain('There are no more posts.');
    for (const query of [
      'before=x',
      'after=-1-1',
      'before=0-0&after=0-0',
      'before=zzzzzzzzzzz-1',
      'before=1&before=2',
    ])
      await app.request().get(`/?${query}`).expect(400);
  });
});

describe('the SQL of lists', () => {
  const now = new Date('2026-11-21T12:00:00Z');

  async function plan(scope: ListScope, at: { before?: string; after?: string }) {
    const request = {
      limit: 10,
      ...(at.before ? { before: parseCursor(at.before) } : {}),
      ...(at.after ? { after: parseCursor(at.after) } : {}),
    };
    const sql = Prisma.sql`EXPLAIN ${visiblePostsSql(scope, request, now)}`;
    const rows = await app.db.$queryRaw<{ 'QUERY PLAN': string }[]>(sql);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  beforeEach(async () => {
    await createUser(app.db, { id: 501 });
    await createCategory(app.db, { id: 502 });
    await createTag(app.db, { id: 503 });
    await app.db.$executeRaw`
      INSERT INTO posts (title, slug, status, published_at, author_id, category_id)
      SELECT 'Title ' || n, 'p-' || n, 'published', '2020-01-01'::timestamptz + n * interval '1 hour', 501, 502
      FROM generate_series(1, 5000) n`;
    await app.db.$executeRaw`INSERT INTO post_tags SELECT id, 503 FROM posts`;
    await app.db.$executeRaw`INSERT INTO post_categories SELECT id, 502 FROM posts`;
    await app.db.$executeRaw`ANALYZE`;
  });

  it('walks an index in order, whatever the page', async () => {
    const [deep = { id: 0, publishedAt: now }] = (
      await listVisiblePosts(app.db, { by: 'all' }, { limit: 4000 }, now)
    ).items.slice(-1);
    const cursor = `${deep.publishedAt.getTime().toString(36)}-${deep.id.toString(36)}`;
    const scopes: ListScope[] = [
      { by: 'all' },
      { by: 'author', authorId: 501 },
      { by: 'tag', tagId: 503 },
      { by: 'category', categoryIds: [502] },
      { by: 'month', year: 2020, month: 3, timeZone: 'Europe/Paris' },
    ];
    for (const scope of scopes) {
      for (const at of [{}, { before: cursor }, { after: cursor }]) {
        const text = await plan(scope, at);
        expect(text, `${scope.by} ${JSON.stringify(at)}`).toMatch(
          /Index Scan (Backward )?using posts_visible(_author)?_idx/,
        );
        expect(text, scope.by).not.toMatch(/Seq Scan on posts|Sort/);
      }
    }
  });
});
