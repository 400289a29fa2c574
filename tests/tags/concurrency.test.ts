import { describe, expect, it } from 'vitest';
import { createCategory, createTag, deleteTag, mergeTag, renameTag } from '#src/tags/index.js';
import { createPost } from '../support/factories.js';
import { useApp } from '../support/app.js';

const app = useApp();

/** How many steps lead from each category to the top; null where they never end. */
async function depths(): Promise<(number | null)[]> {
  const rows = await app.db.category.findMany();
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  return rows.map((row) => {
    let [at, steps]: [number | null, number] = [row.parentId, 0];
    while (at !== null && steps <= rows.length) {
      at = parents.get(at) ?? null;
      steps += 1;
    }
    return at === null ? steps : null;
  });
}

describe('categories that several people move at once', () => {
  it('never stand in a circle', async () => {
    const { agent } = await app.loginAs('editor');
    for (let round = 0; round < 4; round += 1) {
      const ids: number[] = [];
      for (const name of ['a', 'b', 'c']) {
        ids.push((await createCategory(app.db, { name: `${name}${round}` })).id);
      }
      const answers = await Promise.all(
        ids.map((id, n) =>
          agent
            .post(`/admin/categories/${id}`)
            .type('form')
            .send({ name: `x${id}`, slug: '', description: '', parentId: ids[(n + 1) % 3] }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 422]);
      expect(await depths()).not.toContain(null);
    }
  });
});

describe('tags that several people change at once', () => {
  it('ten in a ring, each merged into the next: none fails for any reason but that one is gone', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      ids.push((await createTag(app.db, { name: `Tag ${n}` })).id);
    }
    const posts = [];
    for (const id of ids) posts.push(await createPost(app.db, { tagIds: [id] }));
    const ends = await Promise.allSettled(
      ids.map((id, n) => mergeTag(app.db, id, ids[(n + 1) % 10] ?? 0)),
    );
    const failed = ends.filter((end) => end.status === 'rejected');
    for (const { reason } of failed) expect(reason).toMatchObject({ status: 404 });
    const left = await app.db.tag.findMany();
    expect(left).toHaveLength(failed.length);
    // Every post still has a tag, and the counters agree with the rows.
    const links = await app.db.postTag.groupBy({ by: ['postId'] });
    expect(links).toHaveLength(posts.length);
    expect(left.reduce((sum, { postCount }) => sum + postCount, 0)).toBe(
      await app.db.postTag.count(),
    );
  });

  it('one that is renamed, merged and deleted ends in one of these ways', async () => {
    for (let round = 0; round < 3; round += 1) {
      const one = await createTag(app.db, { name: `One ${round}` });
      const two = await createTag(app.db, { name: `Two ${round}` });
      await createPost(app.db, { tagIds: [one.id, two.id] });
      const ends = await Promise.allSettled([
        mergeTag(app.db, one.id, two.id),
        mergeTag(app.db, two.id, one.id),
        renameTag(app.db, one.id, { name: `Uno ${round}` }),
        renameTag(app.db, two.id, { name: `Due ${round}` }),
        deleteTag(app.db, one.id),
      ]);
      for (const end of ends) {
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ status: 404 });
      }
      expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
    }
  });
});
