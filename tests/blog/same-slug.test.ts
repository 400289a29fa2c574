import { expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { postFields, savedId } from './writing.js';

const app = useApp();

it('a title that many use at the same moment gives each a post of its own', async () => {
  const { agent } = await app.loginAs('author');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      agent
        .post('/admin/posts')
        .type('form')
        .send(postFields({ body: `Text ${String(n)}`, tags: 'Sea' })),
    ),
  );
  expect(new Set(answers.map(savedId)).size).toBe(12);
  const posts = await app.db.post.findMany({ orderBy: { slug: 'asc' } });
  const numbered = Array.from({ length: 11 }, (_, n) => `fog-signals-${String(n + 2)}`);
  expect(posts.map((post) => post.slug)).toEqual(['fog-signals', ...numbered].toSorted());
  expect(await app.db.tag.count()).toBe(1);
});
