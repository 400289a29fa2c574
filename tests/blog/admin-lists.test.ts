import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag } from '../support/factories.js';

const app = useApp();

function titlesIn(html: string): string[] {
  return [...html.matchAll(/<h2 class="row-title"><a [^>]*>([^<]*)<\/a>/g)].map(
    (match) => match[1] ?? '',
  );
}

describe('the list of posts', () => {
  it('shows editors everything and authors their own, last changed first', async () => {
    const { agent, user } = await app.loginAs('author');
    await createPost(app.db, {
      title: 'Mine',
      authorId: user.id,
      updatedAt: new Date('2026-01-01'),
    });
    await createPost(app.db, {
      title: 'Mine too',
      authorId: user.id,
      updatedAt: new Date('2026-01-02'),
    });
    await createPost(app.db, { title: 'Theirs', updatedAt: new Date('2026-01-03') });
    expect(titlesIn((await agent.get('/admin/posts').expect(200)).text)).toEqual([
      'Mine too',
      'Mine',
    ]);
    const { agent: editor } = await app.loginAs('editor');
    const all = await editor.get('/admin/posts').expect(200);
    expect(titlesIn(all.text)).toEqual(['Theirs', 'Mine too', 'Mine']);
    expect((await agent.get(`/admin/posts?author=${user.username}`)).text).toContain('Mine');
  });

  it('narrows by status, author, category, tag and words, all in the address', async () => {
    const { agent, user } = await app.loginAs('editor');
    const category = await createCategory(app.db, { slug: 'sea' });
    const tag = await createTag(app.db, { slug: 'fog' });
    await createPost(app.db, { title: 'Draft', status: 'draft', authorId: user.id });
    await createPost(app.db, { title: 'At sea', categoryId: category.id });
    await createPost(app.db, { title: 'In fog', tagIds: [tag.id], body: '100% grey_ness' });
    const listed = async (query: string) =>
      titlesIn((await agent.get(`/admin/posts?${query}`).expect(200)).text);
    expect(await listed('status=draft')).toEqual(['Draft']);
    expect(await listed(`author=${user.username}`)).toEqual(['Draft']);
    expect(await listed('author=nobody')).toEqual([]);
    expect(await listed('category=sea')).toEqual(['At sea']);
    expect(await listed('tag=fog')).toEqual(['In fog']);
    expect(await listed('q=SEA')).toEqual(['At sea']);
    expect(await listed(`q=${encodeURIComponent('0% grey_')}`)).toEqual(['In fog']);
    expect(await listed('q=greyXness')).toEqual([]);
    expect(await listed('status=nonsense&q=%01&category[]=x&author=%F0%9F%A6%84')).toEqual([]);
  });

  it('pages by cursor in both directions and keeps its filters', async () => {
    const { agent, user } = await app.loginAs('editor');
    for (let index = 0; index < 65; index += 1) {
      const updatedAt = new Date(Date.UTC(2026, 0, 1, 0, index));
      await createPost(app.db, { title: `P${index}`, authorId: user.id, updatedAt });
    }
    const linkIn = (html: string, rel: string): string =>
      (new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
    const first = await agent.get('/admin/posts?q=P').expect(200);
    expect(titlesIn(first.text)).toHaveLength(30);
    const second = await agent.get(linkIn(first.text, 'next')).expect(200);
    expect(linkIn(first.text, 'next')).toContain('q=P');
    const third = await agent.get(linkIn(second.text, 'next')).expect(200);
    expect(titlesIn(third.text)).toEqual(['P4', 'P3', 'P2', 'P1', 'P0']);
    const back = await agent.get(linkIn(third.text, 'prev')).expect(200);
    expect(titlesIn(back.text)).toEqual(titlesIn(second.text));
    await agent.get('/admin/posts?before=zzz').expect(400);
  });

  it('is closed to readers and strangers', async () => {
    const { agent } = await app.loginAs('reader');
    await agent.get('/admin/posts').expect(403);
    await agent.get('/admin').expect(403);
    const answer = await app.request().get('/admin/posts?status=draft').expect(302);
    expect(answer.headers.location).toBe('/login?returnTo=%2Fadmin%2Fposts%3Fstatus%3Ddraft');
    const { agent: author } = await app.loginAs('author');
    await author.get('/admin/pages').expect(403);
  });
});

describe('changing many at once', () => {
  const send = (
    agent: Awaited<ReturnType<typeof app.loginAs>>['agent'],
    ids: number[],
    action: string,
  ) =>
    agent
      .post('/admin/posts/batch')
      .type('form')
      .send(ids.map((id) => `ids=${id}`).join('&') + `&action=${action}&returnTo=/admin/posts?q=a`);

  it('publishes and withdraws, each a new version', async () => {
    const { agent, user } = await app.loginAs('editor');
    const draft = await createPost(app.db, { status: 'draft' });
    const later = new Date('2026-12-24T10:00:00Z');
    const scheduled = await createPost(app.db, { status: 'scheduled', publishedAt: later });
    const answer = await send(agent, [draft.id, scheduled.id], 'publish').expect(303);
    expect(answer.headers.location).toBe('/admin/posts?q=a');
    const posts = await app.db.post.findMany({ orderBy: { id: 'asc' } });
    for (const post of posts) {
      expect(post).toMatchObject({ status: 'published', publishedAt: app.clock.now(), version: 2 });
    }
    await send(agent, [draft.id], 'unpublish').expect(303);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: draft.id } })).toMatchObject({
      status: 'draft',
      version: 3,
    });
    expect(await app.db.revision.count({ where: { postId: draft.id } })).toBe(2);
    const events = await app.db.auditEvent.findMany({
      where: { actorId: user.id, targetType: 'post' },
      orderBy: { id: 'asc' },
    });
    expect(events.map((event) => event.action)).toEqual([
      'post.publish',
      'post.publish',
      'post.unpublish',
    ]);
  });

  it('moves to the trash with an Undo that brings everything back, counters too', async () => {
    const { agent, user } = await app.loginAs('author');
    const tag = await createTag(app.db);
    const post = await createPost(app.db, { authorId: user.id, tagIds: [tag.id] });
    const count = async () =>
      (await app.db.tag.findUniqueOrThrow({ where: { id: tag.id } })).postCount;
    expect(await count()).toBe(1);
    await send(agent, [post.id], 'trash').expect(303);
    expect(await count()).toBe(0);
    await app.request().get(`/posts/${post.slug}`).expect(404);
    const page = await agent.get('/admin/posts').expect(200);
    expect(page.text).toContain('name="action" value="restore"');
    expect(page.text).toContain(`name="ids" value="${post.id}"`);
    expect((await agent.get('/admin/posts')).text).not.toContain('value="restore"');
    await agent.post(`/admin/posts/${post.id}/restoration`).expect(303);
    expect(await count()).toBe(1);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toEqual(post);
  });

  it('leaves alone what is not theirs, and says so', async () => {
    const { agent, user } = await app.loginAs('author');
    const mine = await createPost(app.db, { authorId: user.id });
    const theirs = await createPost(app.db);
    await send(agent, [mine.id, theirs.id, 4711], 'trash').expect(303);
    const page = await agent.get('/admin/posts').expect(200);
    expect(page.text).toContain('1 moved to the trash. 1 was left alone: it is not yours.');
    expect(await app.db.post.findUniqueOrThrow({ where: { id: theirs.id } })).toEqual(theirs);
    await send(agent, [theirs.id], 'trash').expect(403);
    await agent.post(`/admin/posts/${theirs.id}/restoration`).expect(403);
    await agent.post('/admin/posts/4711/restoration').expect(404);
    const stranger = app.request().post('/admin/posts/batch').type('form');
    await stranger.send(`ids=${mine.id}&action=publish`).expect(401);
  });

  it('deletes only from the trash, and asks for a choice', async () => {
    const { agent } = await app.loginAs('editor');
    const post = await createPost(app.db);
    await send(agent, [post.id], 'delete').expect(303);
    expect(await app.db.post.count()).toBe(1);
    await send(agent, [], 'trash').expect(303);
    expect((await agent.get('/admin/posts')).text).toContain('Choose something in the list first.');
    await send(agent, [post.id], 'explode').expect(303);
    expect(await app.db.post.findUniqueOrThrow({ where: { id: post.id } })).toEqual(post);
  });

  it('never leaves the site with its return address', async () => {
    const { agent } = await app.loginAs('editor');
    for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const form = { ids: '1', action: 'trash', returnTo };
      const answer = await agent.post('/admin/posts/batch').type('form').send(form).expect(303);
      expect(answer.headers.location).toBe('/admin/posts');
    }
  });
});
