import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createCategory, createMedia } from '../support/factories.js';

const app = useApp();

/** The fields that a browser sends from an untouched form, and what a test changes. */
function form(fields: Record<string, string | string[]> = {}) {
  return {
    title: 'Fog signals',
    body: 'The **horn**.',
    status: 'draft',
    language: 'en',
    version: '0',
    ...fields,
  };
}

describe('saving a new post', () => {
  it('writes the post, its HTML, tags, categories, pictures, a revision and an audit event', async () => {
    const { agent, user } = await app.loginAs('author');
    const category = await createCategory(app.db);
    const other = await createCategory(app.db);
    const media = await createMedia(app.db);
    const answer = await agent
      .post('/admin/posts')
      .type('form')
      .send(
        form({
          body: `The **horn**.\n\n![Horn](/media/${media.id})`,
          categoryId: String(category.id),
          categoryIds: String(other.id),
          tags: 'fog, Fog, signals ',
          status: 'published',
          commentsOpen: '1',
        }),
      )
      .expect(303);
    const id = Number(/^\/admin\/posts\/(\d+)$/.exec(answer.headers.location ?? '')?.[1]);
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
      wordCount: 3,
    });
    expect(post.html).toContain('<strong>horn</strong>');
    expect(post.tags.map((row) => row.tag.name).toSorted()).toEqual(['fog', 'signals']);
    expect(post.categories.map((row) => row.categoryId).toSorted()).toEqual([
      category.id,
      other.id,
    ]);
    expect(post.mediaUses.map((row) => row.mediaId)).toEqual([media.id]);
    expect(post.revisions).toMatchObject([
      { version: 1, title: 'Fog signals', status: 'published' },
    ]);
    expect(
      await app.db.auditEvent.findMany({ where: { action: { startsWith: 'post.' } } }),
    ).toMatchObject([{ action: 'post.create', actorId: user.id, targetId: String(id) }]);
  });
});
