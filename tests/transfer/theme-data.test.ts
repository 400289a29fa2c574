import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useApp } from '../support/app.js';
import { importFile, snapshot, themeData } from './small-site.js';

const app = useApp();
const isThere = existsSync(themeData);
const source = isThere ? readFileSync(themeData, 'utf8') : '';

const items = [...source.matchAll(/<item>([\s\S]*?)<\/item>/g)].map((match) => match[1] ?? '');

function field(item: string, name: string): string {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(
    item,
  );
  return found?.[1] ?? '';
}

/** Items of the file by type, and by any other field. */
function count(type: string, also: (item: string) => boolean = () => true): number {
  return items.filter((item) => field(item, 'wp:post_type') === type && also(item)).length;
}

test.skipIf(!isThere)(
  'everything in the theme test data comes in, counted from the file',
  async () => {
    const { report } = await importFile(app, themeData);
    const { db } = app;
    const withPassword = (item: string): boolean => field(item, 'wp:post_password') !== '';
    const has = (status: string) => (item: string) =>
      field(item, 'wp:status') === status && !withPassword(item);
    const posts = (status: 'published' | 'scheduled' | 'draft' | 'private') =>
      db.post.count({ where: { kind: 'post', status } });
    expect(await posts('published')).toBe(count('post', has('publish')));
    expect(await posts('scheduled')).toBe(count('post', has('future')));
    expect(await posts('draft')).toBe(count('post', has('draft')));
    expect(await posts('private')).toBe(count('post', withPassword));
    expect(await db.post.count({ where: { kind: 'page' } })).toBe(count('page'));
    expect(await db.post.count({ where: { sticky: true } })).toBe(
      count('post', (item) => field(item, 'wp:is_sticky') === '1'),
    );
    expect(await db.category.count()).toBe((source.match(/<wp:category>/g) ?? []).length);
    const children = [...source.matchAll(/<wp:category_parent>(?:<!\[CDATA\[)?([^<\]]+)/g)].length;
    expect(await db.category.count({ where: { parentId: { not: null } } })).toBe(children);
    expect(await db.comment.count()).toBe((source.match(/<wp:comment>/g) ?? []).length);
    expect(await db.comment.count({ where: { kind: { not: 'comment' } } })).toBe(
      (source.match(/<wp:comment_type>(?:<!\[CDATA\[)?(?:ping|track)back/g) ?? []).length,
    );
    expect(await db.comment.count({ where: { status: 'pending' } })).toBe(
      (source.match(/<wp:comment_approved>0</g) ?? []).length,
    );
    expect(await db.user.count()).toBe((source.match(/<wp:author>/g) ?? []).length);
    const names = new Set(
      [
        ...source.matchAll(
          /domain="post_tag"[^>]*><!\[CDATA\[(.*?)\]\]>|<wp:tag_name><!\[CDATA\[(.*?)\]\]>/g,
        ),
      ].map((match) => (match[1] ?? match[2] ?? '').toLowerCase()),
    );
    expect(await db.tag.count()).toBe(names.size);
    expect(report.counts.picture.created + report.counts.picture.skipped).toBeGreaterThanOrEqual(
      count('attachment'),
    );
    expect(report.counts.menuItem.created + report.counts.menuItem.skipped).toBe(
      count('nav_menu_item'),
    );
  },
);

test.skipIf(!isThere)('its edge cases: titles, threads, slugs, pictures, links', async () => {
  await importFile(app, themeData);
  const post = (slug: string) => app.db.post.findFirstOrThrow({ where: { slug } });
  expect((await post('markup-title-with-markup')).title).toBe('Markup: Title With Markup');
  expect((await post('title-with-special-characters')).title).toContain(
    '~`!@#$%^&*()-_=+{}[]/\\;:\'"?,.>',
  );
  expect((await post('edge-case-no-title')).title).toBe('');
  expect(await post('επίπεδο-2')).toMatchObject({ kind: 'page' });
  expect(await post('greek')).toMatchObject({ kind: 'page', language: 'el' });
  expect((await post('template-excerpt-defined')).excerpt).not.toBe('');
  const depths = await app.db.comment.groupBy({
    by: ['depth'],
    _count: true,
    orderBy: { depth: 'asc' },
  });
  expect(depths.map(({ depth }) => depth)).toEqual([1, 2, 3]);
  const loose = await app.db.$queryRaw`
    SELECT c.id FROM comments c JOIN comments p ON p.id = c.parent_id
    WHERE c.depth <> p.depth + 1 OR c.post_id <> p.post_id OR c.thread_id IS NULL`;
  expect(loose).toEqual([]);
  const { rows: remote } = {
    rows: await app.db.post.findMany({
      where: {
        OR: [
          { html: { contains: '<img' } },
          { html: { contains: '<iframe' } },
          { html: { contains: '<script' } },
        ],
      },
    }),
  };
  expect(remote.map((row) => row.slug)).toEqual([]);
  const shown = await app.db.post.findMany({ where: { html: { contains: '[caption' } } });
  expect(shown.map((row) => row.slug)).toEqual([]);
});

test.skipIf(!isThere)('a second run leaves every row as it was', async () => {
  await importFile(app, themeData);
  const before = await snapshot(app, ['import_runs', 'media_fetches']);
  await importFile(app, themeData);
  const after = await snapshot(app, ['import_runs', 'media_fetches']);
  expect(after).toEqual(before);
});

test.skipIf(!isThere)(
  'every page of it opens',
  async () => {
    await importFile(app, themeData);
    const rows = await app.db.post.findMany({
      where: { status: 'published' },
      select: { kind: true, slug: true },
    });
    for (const { kind, slug } of rows) {
      const path =
        kind === 'page' ? `/${encodeURIComponent(slug)}` : `/posts/${encodeURIComponent(slug)}`;
      const response = await app.request().get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.text).not.toMatch(/<(?:img|iframe|script|video|audio)[^>]+src="https?:/);
    }
  },
  120_000,
);
