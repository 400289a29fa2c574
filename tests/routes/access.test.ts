import { describe, expect, it } from 'vitest';
import { askers, logInCast, statusFor } from '../support/access.js';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';
import { routesOf } from '../support/route-list.js';

const app = useApp();
const isGuarded = (path: string) => /^\/(?:admin|account)(?:\/|\.|$)/.test(path);

/**
 * What every guarded route answers to: nobody, a reader, an author on their own rows, an author on
 * another's, an editor, an admin. Forms are sent empty: 422 and 303 say that the person may, 401 and
 * 403 that they may not, 302 that they are asked to log in.
 */
// prettier-ignore
const expected: Record<string, readonly number[]> = {
  'GET /account': [302, 200, 200, 200, 200, 200],
  'POST /account': [401, 422, 422, 422, 422, 422],
  'POST /account/password': [401, 422, 422, 422, 422, 422],
  'POST /account/sessions/deletion': [401, 303, 303, 303, 303, 303],
  'POST /account/picture': [401, 403, 422, 422, 422, 422],
  'POST /account/picture/deletion': [401, 303, 303, 303, 303, 303],
  'GET /admin': [302, 403, 200, 200, 200, 200],
  'POST /admin/preview': [401, 403, 200, 200, 200, 200],
  'GET /admin/posts/:id/preview': [302, 403, 200, 403, 200, 200],
  'GET /admin/pages/:id/preview': [302, 403, 403, 403, 200, 200],
  'PUT /admin/autosaves/:key': [401, 403, 422, 422, 422, 422],
  'POST /admin/autosaves/:key/deletion': [401, 403, 303, 303, 303, 303],
  'GET /admin/posts': [302, 403, 200, 200, 200, 200],
  'POST /admin/posts/batch': [401, 403, 303, 303, 303, 303],
  'POST /admin/posts/:id/restoration': [401, 403, 303, 403, 303, 303],
  'GET /admin/posts/:id/revisions': [302, 403, 200, 403, 200, 200],
  'POST /admin/posts/:id/revisions/:version/restoration': [401, 403, 303, 403, 303, 303],
  'GET /admin/posts/:id/revisions/:version': [302, 403, 404, 404, 404, 404],
  'POST /admin/posts/:id/revisions/:version': [401, 403, 404, 404, 404, 404],
  'GET /admin/posts/new': [302, 403, 200, 200, 200, 200],
  'GET /admin/posts/:id': [302, 403, 200, 403, 200, 200],
  'POST /admin/posts': [401, 403, 422, 422, 422, 422],
  'POST /admin/posts/:id': [401, 403, 422, 403, 422, 422],
  'GET /admin/pages': [302, 403, 403, 403, 200, 200],
  'POST /admin/pages/batch': [401, 403, 403, 403, 303, 303],
  'POST /admin/pages/:id/restoration': [401, 403, 403, 403, 303, 303],
  'GET /admin/pages/:id/revisions': [302, 403, 403, 403, 200, 200],
  'POST /admin/pages/:id/revisions/:version/restoration': [401, 403, 403, 403, 303, 303],
  'GET /admin/pages/:id/revisions/:version': [302, 403, 403, 403, 404, 404],
  'POST /admin/pages/:id/revisions/:version': [401, 403, 403, 403, 404, 404],
  'GET /admin/pages/new': [302, 403, 403, 403, 200, 200],
  'GET /admin/pages/:id': [302, 403, 403, 403, 200, 200],
  'POST /admin/pages': [401, 403, 403, 403, 422, 422],
  'POST /admin/pages/:id': [401, 403, 403, 403, 422, 422],
  'GET /admin/categories': [302, 403, 403, 403, 200, 200],
  'POST /admin/categories': [401, 403, 403, 403, 422, 422],
  'GET /admin/categories/:id': [302, 403, 403, 403, 200, 200],
  'POST /admin/categories/:id': [401, 403, 403, 403, 422, 422],
  'POST /admin/categories/:id/position': [401, 403, 403, 403, 422, 422],
  'POST /admin/categories/:id/deletion': [401, 403, 403, 403, 303, 303],
  'GET /admin/tags': [302, 403, 403, 403, 200, 200],
  'POST /admin/tags': [401, 403, 403, 403, 422, 422],
  'GET /admin/tags/:id': [302, 403, 403, 403, 200, 200],
  'POST /admin/tags/:id': [401, 403, 403, 403, 422, 422],
  'POST /admin/tags/:id/merger': [401, 403, 403, 403, 422, 422],
  'POST /admin/tags/:id/deletion': [401, 403, 403, 403, 303, 303],
  'GET /admin/settings': [302, 403, 403, 403, 403, 200],
  'POST /admin/settings': [401, 403, 403, 403, 403, 422],
  'GET /admin/menu': [302, 403, 403, 403, 403, 200],
  'POST /admin/menu': [401, 403, 403, 403, 403, 422],
  'POST /admin/menu/beginning': [401, 403, 403, 403, 403, 303],
  'POST /admin/menu/:id': [401, 403, 403, 403, 403, 422],
  'POST /admin/menu/:id/position': [401, 403, 403, 403, 403, 422],
  'POST /admin/media': [401, 403, 422, 422, 422, 422],
  'GET /admin/media': [302, 403, 200, 200, 200, 200],
  'GET /admin/media.json': [302, 403, 200, 200, 200, 200],
  'GET /admin/media/:id': [302, 403, 200, 403, 200, 200],
  'POST /admin/media/:id': [401, 403, 303, 403, 303, 303],
  'POST /admin/media/:id/deletion': [401, 403, 303, 403, 303, 303],
  'GET /admin/media/:id/original': [302, 403, 404, 403, 404, 404],
  'GET /admin/import': [302, 403, 403, 403, 403, 200],
  'POST /admin/import': [401, 403, 403, 403, 403, 422],
  'GET /admin/import/:id': [302, 403, 403, 403, 403, 200],
  'POST /admin/import/:id/pictures': [401, 403, 403, 403, 403, 303],
  'GET /admin/import/:id/progress': [302, 403, 403, 403, 403, 200],
  'GET /admin/jobs': [302, 403, 403, 403, 403, 200],
  'POST /admin/jobs/:id/retry': [401, 403, 403, 403, 403, 303],
  'POST /admin/jobs/:id/deletion': [401, 403, 403, 403, 403, 303],
};

describe('rights', () => {
  it('are said here for every guarded route', () => {
    const mounted = routesOf(app.express).filter(({ path }) => isGuarded(path));
    expect(Object.keys(expected).sort()).toEqual(
      mounted.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it('are what every guarded route grants', async () => {
    const cast = await logInCast(app);
    const granted: Record<string, number[]> = {};
    for (const route of routesOf(app.express).filter(({ path }) => isGuarded(path))) {
      const row: number[] = [];
      for (const asker of askers) row.push(await statusFor(app, cast, asker, route));
      granted[`${route.method} ${route.path}`] = row;
    }
    expect(granted).toEqual(expected);
  }, 300_000);

  it('never let anybody but staff see anything under /admin', () => {
    for (const [route, [anonymous, reader]] of Object.entries(expected)) {
      if (!route.includes(' /admin')) continue;
      expect([route, anonymous === 302 || anonymous === 401, reader]).toEqual([route, true, 403]);
    }
  });

  it('hold for each row of a batch', async () => {
    const { author, owner } = await logInCast(app);
    const [own, others] = await Promise.all([
      createPost(app.db, { authorId: author.user.id }),
      createPost(app.db, { authorId: owner.user.id }),
    ]);
    for (const action of ['trash', 'unpublish', 'delete']) {
      const ids = [String(others.id)];
      await author.agent.post('/admin/posts/batch').type('form').send({ action, ids });
      const row = await app.db.post.findUnique({ where: { id: others.id } });
      expect([action, row]).toEqual([action, others]);
    }
    const both = { action: 'trash', ids: [String(own.id), String(others.id)] };
    await author.agent.post('/admin/posts/batch').type('form').send(both);
    const states = await app.db.post.findMany({
      orderBy: { id: 'asc' },
      select: { id: true, status: true },
    });
    expect(states).toContainEqual({ id: others.id, status: 'published' });
  });
});
