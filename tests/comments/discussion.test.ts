import { beforeEach, describe, expect, it } from 'vitest';
import { createComment, createPost, createUser } from '../support/factories.js';
import { useApp } from '../support/app.js';
import { headsSql, repliesSql } from '#src/comments/queries.js';
import { Prisma } from '#src/platform/db.js';

const app = useApp();
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
let postId: number;
let authorId: number;

beforeEach(async () => {
  authorId = (await createUser(app.db, { role: 'author', username: 'ines', displayName: 'Ines' }))
    .id;
  postId = (await createPost(app.db, { slug: 'fog', authorId })).id;
});

async function discussion(query = ''): Promise<string> {
  const { text } = await app.request().get(`/posts/fog${query}`).expect(200);
  return /<section class="comments".*<\/section>/s.exec(text)?.[0] ?? '';
}

function idsOf(text: string): number[] {
  return [...text.matchAll(/<li class="comment" id="comment-(\d+)"/g)].map(([, id]) => Number(id));
}

describe('a discussion', () => {
  it('is not there while nobody has spoken', async () => {
    expect(await discussion()).toBe('');
  });

  it('stands in threads of three levels at most, oldest first', async () => {
    const head = await createComment(app.db, { postId, createdAt: at(1) });
    const later = await createComment(app.db, { postId, createdAt: at(9) });
    const thread = { postId, threadId: head.id };
    const two = await createComment(app.db, {
      ...thread,
      parentId: head.id,
      depth: 2,
      createdAt: at(2),
    });
    const three = await createComment(app.db, {
      ...thread,
      parentId: two.id,
      depth: 3,
      createdAt: at(3),
    });
    const four = await createComment(app.db, {
      ...thread,
      parentId: three.id,
      depth: 3,
      createdAt: at(4),
    });
    const text = await discussion();
    expect(idsOf(text)).toEqual([head.id, two.id, three.id, four.id, later.id]);
    expect(text.match(/<ol class="thread">/g)).toHaveLength(3);
    expect(text).toContain('5 comments</h2>');
  });

  it('shows what is approved, and nothing of the rest', async () => {
    const head = await createComment(app.db, { postId, createdAt: at(1) });
    for (const status of ['pending', 'spam', 'trash'] as const) {
      await createComment(app.db, { postId, status, html: `<p>hidden ${status}</p>` });
      const reply = { postId, status, threadId: head.id, parentId: head.id, depth: 2 };
      await createComment(app.db, { ...reply, html: `<p>hidden ${status}</p>` });
    }
    const text = await discussion();
    expect(idsOf(text)).toEqual([head.id]);
    expect(text).not.toMatch(/hidden (pending|spam|trash)/);
    expect(text).toContain('1 comment</h2>');
  });

  it('keeps a reply whose parent is hidden, below the head', async () => {
    const head = await createComment(app.db, { postId, createdAt: at(1) });
    const thread = { postId, threadId: head.id };
    const spam = await createComment(app.db, {
      ...thread,
      parentId: head.id,
      depth: 2,
      status: 'spam',
    });
    const reply = await createComment(app.db, { ...thread, parentId: spam.id, depth: 3 });
    expect(idsOf(await discussion())).toEqual([head.id, reply.id]);
  });

  it('puts mentions by other sites into a list of their own and does not count them', async () => {
    await createComment(app.db, { postId });
    for (const kind of ['pingback', 'trackback', 'webmention'] as const)
      await createComment(app.db, {
        postId,
        kind,
        authorName: `A ${kind}`,
        authorUrl: 'https://example.org/x',
      });
    const text = await discussion();
    expect(text).toContain('1 comment</h2>');
    expect(idsOf(text)).toHaveLength(1);
    expect(text).toMatch(/Mentioned elsewhere.*A webmention.*A trackback.*A pingback/s);
  });

  it('escapes names, links only to the web, and marks the author of the post', async () => {
    await createComment(app.db, {
      postId,
      authorName: '<b>x</b>',
      authorUrl: 'javascript:alert(1)',
      createdAt: at(1),
    });
    await createComment(app.db, {
      postId,
      authorName: 'Site',
      authorUrl: 'https://example.org/',
      createdAt: at(2),
    });
    await createComment(app.db, { postId, authorId, authorName: 'old name', createdAt: at(3) });
    await createComment(app.db, { postId, authorName: '', createdAt: at(4) });
    const text = await discussion();
    expect(text).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(text).not.toContain('javascript:');
    expect(text).toContain('href="https://example.org/" rel="nofollow ugc noopener"');
    expect(text).toMatch(/href="\/authors\/ines".*Ines.*class="badge">Author</s);
    expect(text).toContain('Anonymous');
  });

  it('says when it is closed', async () => {
    await createComment(app.db, { postId });
    await app.db.post.update({ where: { id: postId }, data: { commentsOpen: false } });
    expect(await discussion()).toContain('Comments are closed.');
  });

  it('pages through threads of one instant once each, forth and back', async () => {
    for (let n = 0; n < 70; n += 1) await createComment(app.db, { postId, createdAt: at(1) });
    const first = await discussion();
    const query = (text: string, rel: string) =>
      new RegExp(`rel="${rel}" href="/posts/fog([^"#]+)#comments"`).exec(text)?.[1] ?? '';
    const second = await discussion(query(first, 'next'));
    const third = await discussion(query(second, 'next'));
    const all = [first, second, third].flatMap(idsOf);
    expect(all).toEqual(Array.from({ length: 70 }, (_, n) => n + 1));
    expect(idsOf(await discussion(query(third, 'prev')))).toEqual(idsOf(second));
    expect(query(third, 'next')).toBe('');
    expect(query(first, 'prev')).toBe('');
  });

  it('shows the beginning of a long thread and the rest on a page of its own', async () => {
    const head = await createComment(app.db, { postId, createdAt: at(1) });
    for (let n = 0; n < 30; n += 1)
      await createComment(app.db, {
        postId,
        parentId: head.id,
        threadId: head.id,
        depth: 2,
        createdAt: at(2),
      });
    const text = await discussion();
    expect(idsOf(text)).toHaveLength(21);
    const more =
      /href="\/posts\/fog([^"#]+)#comments">More replies/
        .exec(text)?.[1]
        ?.replaceAll('&amp;', '&') ?? '';
    const rest = idsOf(await discussion(more));
    expect(rest).toEqual([head.id, ...Array.from({ length: 10 }, (_, n) => head.id + 21 + n)]);
  });

  it('has an address for every comment, wherever it stands', async () => {
    for (let n = 0; n < 31; n += 1) await createComment(app.db, { postId, createdAt: at(1) });
    const [head = 1, last = 31] = [1, 31];
    for (let n = 0; n < 22; n += 1)
      await createComment(app.db, {
        postId,
        parentId: head,
        threadId: head,
        depth: 2,
        createdAt: at(2),
      });
    const hidden = await createComment(app.db, { postId, status: 'pending' });
    for (const id of [head, 32, last, 53]) {
      const { headers } = await app.request().get(`/comments/${id}`).expect(302);
      const place = new URL(String(headers.location), 'http://blog.test');
      expect(place.hash).toBe(`#comment-${id}`);
      expect(idsOf(await discussion(place.search)), headers.location).toContain(id);
    }
    expect((await app.request().get('/comments/32')).headers.location).toBe(
      '/posts/fog#comment-32',
    );
    for (const id of [hidden.id, 0, 999, 'x'])
      await app.request().get(`/comments/${id}`).expect(404);
    await app.db.post.update({ where: { id: postId }, data: { status: 'draft' } });
    await app.request().get(`/comments/${head}`).expect(404);
  });

  it('answers 404 for the threads of others and 400 for cursors that are not ours', async () => {
    const other = await createPost(app.db);
    const foreign = await createComment(app.db, { postId: other.id });
    for (const query of [`thread=${foreign.id}`, 'thread=999', 'thread=x', 'thread=99999999999'])
      await app.request().get(`/posts/fog?${query}`).expect(404);
    await app.request().get('/posts/fog?after=x').expect(400);
  });

  it('opens among 50,000 comments by its indexes', async () => {
    await app.db.$executeRaw`ALTER TABLE comments DISABLE TRIGGER USER`;
    await app.db.$executeRaw`
      INSERT INTO comments (post_id, status, body, created_at)
      SELECT ${postId}, 'approved', 'x', '2026-01-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 25000) n`;
    await app.db.$executeRaw`
      INSERT INTO comments (post_id, status, body, thread_id, parent_id, depth, created_at)
      SELECT ${postId}, 'approved', 'x', n, n, 2, '2026-02-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 25000) n`;
    await app.db.$executeRaw`ALTER TABLE comments ENABLE TRIGGER USER`;
    await app.db.$executeRaw`ANALYZE comments`;
    const explain = async (sql: Prisma.Sql) =>
      (await app.db.$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${sql}`))
        .map((row) => row['QUERY PLAN'])
        .join('\n');
    const cursor = { at: new Date('2026-01-01T05:00:00Z'), id: 18_000 };
    for (const place of [{}, { after: cursor }, { before: cursor }]) {
      const plan = await explain(headsSql(postId, { ...place, limit: 31 }));
      expect(plan).toMatch(/Index Scan (Backward )?using comments_approved_idx/);
      expect(plan).not.toContain('Sort');
    }
    const plan = await explain(repliesSql([1, 2, 3], 21, null));
    expect(plan).toContain('comments_thread_id_created_at_id_idx');
    expect(plan).not.toContain('Seq Scan on comments');
  });
});
