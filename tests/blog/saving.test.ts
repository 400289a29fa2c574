import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createMedia, createPost, createTag } from '../support/factories.js';
import { jobsNamed, postFields, savedId } from './writing.js';

const app = useApp();

describe('saving a new post', () => {
  it('writes the post, its HTML, tags, categories, pictures, a revision and an audit event', async () => {
    const { agent, user } = await app.loginAs('author');
    const category = await createCategory(app.db);
    const other = await createCategory(app.db);
    const media = await createMedia(app.db);
    await createTag(app.db, { name: 'Fog', slug: 'fog' });
    const answer = await agent
      .post('/admin/posts')
      .type('form')
      .send(
        postFields({
          body: `The **horn**.\n\n![Horn](/media/${media.id})`,
          categoryId: String(category.id),
          categoryIds: String(other.id),
          tags: 'fog, FOG, signals ',
          status: 'published',
          commentsOpen: '1',
        }),
      )
      .expect(303);
    const id = savedId(answer);
    const post = await app.db.post.findUniqueOrThrow({
      where: { id },
      include: {
        tags: { include: { tag: true } },
        categories: true,
        revisions: true,
        mediaUses: true,
      },
    });
    expect(post).toMatchObject({
      title: 'Fog signals',
      slug: 'fog-signals',
      status: 'published',
      publishedAt: app.clock.now(),
      authorId: user.id,
      version: 1,
      commentsOpen: true,
      sticky: false,
    });
    expect(post.html).toContain('<strong>horn</strong>');
    expect(post.tags.map((row) => row.tag.name).toSorted()).toEqual(['Fog', 'signals']);
    expect(post.categories.map((row) => row.categoryId).toSorted()).toEqual([
      category.id,
      other.id,
    ]);
    expect(post.mediaUses.map((row) => row.mediaId)).toEqual([media.id]);
    expect(post.revisions).toMatchObject([
      { version: 1, title: 'Fog signals', status: 'published' },
    ]);
    expect(await app.db.auditEvent.findMany({ where: { action: 'post.create' } })).toMatchObject([
      { actorId: user.id, targetType: 'post', targetId: String(id) },
    ]);
    expect(await jobsNamed(app.db, 'blog.publish-due')).toEqual([]);
    const counted = await app.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(counted.postCount).toBe(1);
  });

  it('shows the form again with what was typed and a message at each wrong field', async () => {
    const { agent } = await app.loginAs('author');
    const answer = await agent
      .post('/admin/posts')
      .type('form')
      .send(
        postFields({
          title: 'x'.repeat(301),
          body: 'Kept <b>text</b>',
          status: 'nonsense',
          publishedAt: 'tomorrow',
          coverId: '999',
          language: '!!',
        }),
      )
      .expect(422);
    expect(answer.text).toContain('Kept &lt;b&gt;text&lt;/b&gt;');
    expect(answer.text).toContain('id="f-title-problem"');
    expect(answer.text).toContain('aria-describedby="f-title-problem"');
    expect(answer.text).toContain('id="f-language-problem"');
    expect(await app.db.post.count()).toBe(0);
  });

  it.each([
    [{ title: '', body: '   ' }, 'f-title-problem'],
    [{ categoryId: '4711' }, 'f-categoryId-problem'],
    [{ coverId: '4711' }, 'This picture is no longer there'],
    [{ slug: '!?/' }, 'f-slug-problem'],
    [{ status: 'scheduled' }, 'f-publishedAt-problem'],
    [{ publishedAt: '2026-02-30T10:00' }, 'f-publishedAt-problem'],
    [{ tags: `a, ${'b'.repeat(101)}` }, 'f-tags-problem'],
    [{ body: 'nul \0 byte' }, 'f-body-problem'],
  ])('refuses %j in words and writes nothing', async (fields, words) => {
    const { agent } = await app.loginAs('author');
    const answer = await agent
      .post('/admin/posts')
      .type('form')
      .send(postFields(fields))
      .expect(422);
    expect(answer.text).toContain(words);
    expect(await app.db.post.count()).toBe(0);
    expect(await app.db.revision.count()).toBe(0);
  });

  it('is for authors, and pages for editors', async () => {
    const { agent: reader } = await app.loginAs('reader');
    await reader.post('/admin/posts').type('form').send(postFields()).expect(403);
    const { agent: author } = await app.loginAs('author');
    await author.post('/admin/pages').type('form').send(postFields()).expect(403);
    const { agent: editor } = await app.loginAs('editor');
    await editor
      .post('/admin/pages')
      .type('form')
      .send(postFields({ title: 'About' }))
      .expect(303);
    expect(await app.db.post.findMany({ select: { kind: true, slug: true } })).toEqual([
      { kind: 'page', slug: 'about' },
    ]);
  });

  it('gives back the text of someone whose session has ended, ready to be sent again', async () => {
    const answer = await app
      .request()
      .post('/admin/posts')
      .field('title', 'Half a "night"')
      .field('body', 'Everything & more')
      .field('status', 'draft')
      .field('language', 'en')
      .expect(401);
    expect(answer.text).toContain('Everything &amp; more');
    expect(answer.text).toContain('name="title" value="Half a &#34;night&#34;"');
    expect(answer.text).toContain('action="/admin/posts"');
    expect(await app.db.post.count()).toBe(0);
    const again: Record<string, string> = { body: 'Everything & more' };
    for (const [, name, value] of answer.text.matchAll(
      /type="hidden" name="(\w+)" value="([^"]*)"/g,
    )) {
      again[name ?? ''] = (value ?? '').replaceAll('&#34;', '"');
    }
    const { agent } = await app.loginAs('author');
    const saved = savedId(await agent.post('/admin/posts').field(again));
    expect(await app.db.post.findUniqueOrThrow({ where: { id: saved } })).toMatchObject({
      title: 'Half a "night"',
      body: 'Everything & more',
    });
  });

  it('finds a free address for a title that is taken, was taken, reserved, or in another script', async () => {
    const { agent } = await app.loginAs('editor');
    const taken = await createPost(app.db, { slug: 'fog-signals' });
    await app.db.slugHistory.create({ data: { kind: 'post', slug: 'tides', postId: taken.id } });
    const slugFor = async (path: string, title: string): Promise<string> => {
      const answer = await agent.post(path).type('form').send(postFields({ title })).expect(303);
      return (await app.db.post.findUniqueOrThrow({ where: { id: savedId(answer) } })).slug;
    };
    expect(await slugFor('/admin/posts', 'Fog signals')).toBe('fog-signals-2');
    expect(await slugFor('/admin/posts', 'Tides')).toBe('tides-2');
    expect(await slugFor('/admin/posts', '日本語')).toBe('日本語');
    expect(await slugFor('/admin/posts', '!!!')).toBe('untitled');
    expect(await slugFor('/admin/pages', 'Admin')).not.toBe('admin');
  });

  it('stores naughty text as it was typed, and shows it without harm', async () => {
    const { agent } = await app.loginAs('author');
    const nasty = `"'><script>alert(1)</script> ${'\u202e'}evil 👩‍👩‍👧 Ω≈ç ﷽`;
    const answer = await agent
      .post('/admin/posts')
      .type('form')
      .send(
        postFields({ title: nasty, body: nasty, excerpt: nasty, tags: nasty.replaceAll(',', '') }),
      )
      .expect(303);
    const id = savedId(answer);
    const post = await app.db.post.findUniqueOrThrow({ where: { id } });
    expect(post.title).toBe(nasty);
    expect(post.body).toBe(nasty);
    expect(post.html).not.toContain('<script');
    for (const path of [
      `/admin/posts/${id}`,
      '/admin/posts',
      `/admin/posts/${id}/revisions`,
      '/admin',
    ]) {
      const page = await agent.get(path).expect(200);
      expect(page.text).not.toContain('<script>alert');
    }
  });
});

describe('saving two at once', () => {
  it('gives two new posts with one title two addresses', async () => {
    const { agent } = await app.loginAs('author');
    const both = await Promise.all(
      [1, 2, 3].map(() =>
        agent
          .post('/admin/posts')
          .type('form')
          .send(postFields({ tags: 'new' })),
      ),
    );
    expect(both.map((answer) => answer.status)).toEqual([303, 303, 303]);
    const posts = await app.db.post.findMany({ select: { slug: true } });
    expect(posts.map((post) => post.slug).toSorted()).toEqual([
      'fog-signals',
      'fog-signals-2',
      'fog-signals-3',
    ]);
    expect(await app.db.tag.count()).toBe(1);
  });
});
