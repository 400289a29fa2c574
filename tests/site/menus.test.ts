import { describe, expect, it } from 'vitest';
import { InvalidError } from '#src/platform/errors.js';
import { getMenus, listMenu, saveMenu, type MenuItemInput } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import { createCategory, createPost, createTag } from '../support/factories.js';

const app = useApp();

const link = (label: string, url: string, children: MenuItemInput[] = []): MenuItemInput => ({
  label,
  url,
  children,
});

const mainMenu = async () =>
  (await getMenus(app.db, app.clock.now(), app.ctx.catalogue.translator('en'))).main;

describe('menus', () => {
  it('are posts, archive and static pages where there is none', async () => {
    await createPost(app.db, { kind: 'page', title: 'About', slug: 'about' });
    await createPost(app.db, { kind: 'page', title: 'Later', slug: 'later', status: 'draft' });
    expect((await mainMenu()).map((item) => [item.label, item.href])).toEqual([
      ['Posts', '/'],
      ['Archive', '/archive'],
      ['About', '/about'],
    ]);
  });

  it('follow their targets: name and address are those of now', async () => {
    const post = await createPost(app.db, { title: 'Fog', slug: 'fog' });
    const page = await createPost(app.db, { kind: 'page', title: 'About', slug: 'about' });
    const category = await createCategory(app.db, { name: 'Harbours', slug: 'harbours' });
    const tag = await createTag(app.db, { name: 'tides', slug: 'tides' });
    await saveMenu(app.db, 'main', [
      { label: '', postId: post.id, children: [{ label: 'Us', postId: page.id, children: [] }] },
      { label: '', categoryId: category.id, children: [] },
      { label: '', tagId: tag.id, children: [] },
    ]);
    await app.db.post.update({ where: { id: post.id }, data: { slug: 'mist', title: 'Mist' } });
    expect(await mainMenu()).toEqual([
      {
        label: 'Mist',
        href: '/posts/mist',
        children: [{ label: 'Us', href: '/about', children: [] }],
      },
      { label: 'Harbours', href: '/categories/harbours', children: [] },
      { label: 'tides', href: '/tags/tides', children: [] },
    ]);
  });

  it('leave out what is not public, and lift what stands below it', async () => {
    const post = await createPost(app.db, {
      status: 'scheduled',
      publishedAt: new Date('2026-12-01T00:00:00Z'),
    });
    await saveMenu(app.db, 'main', [
      { label: 'Soon', postId: post.id, children: [link('Below', '/archive')] },
    ]);
    expect((await mainMenu()).map((item) => item.label)).toEqual(['Below']);
    app.clock.set('2026-12-01T00:00:00Z');
    expect((await mainMenu()).map((item) => item.label)).toEqual(['Soon']);
    const [entry] = await listMenu(app.db, 'main', new Date('2026-11-21T12:00:00Z'));
    expect(entry).toMatchObject({
      targetName: post.title,
      targetPath: null,
      children: [{ label: 'Below' }],
    });
  });

  it('are replaced as a whole, one place at a time', async () => {
    await saveMenu(app.db, 'footer', [link('Legal', '/legal')]);
    await saveMenu(app.db, 'main', [
      link('One', '/one'),
      link('Two', '/two', [link('Deep', '#deep')]),
    ]);
    await saveMenu(app.db, 'main', [link('Three', 'https://example.org/three')]);
    expect((await mainMenu()).map((item) => item.href)).toEqual(['https://example.org/three']);
    expect(await app.db.menuItem.count()).toBe(2);
  });

  it('take no address that could run or leave the site in disguise', async () => {
    for (const url of [
      'javascript:alert(1)',
      '//evil.example',
      '/\\evil.example',
      'data:text/html,x',
      'nowhere',
      '/a b',
      '',
    ]) {
      await expect(saveMenu(app.db, 'main', [link('x', url)]), url).rejects.toThrow(InvalidError);
    }
    await expect(saveMenu(app.db, 'main', [{ label: 'nothing', children: [] }])).rejects.toThrow(
      InvalidError,
    );
    expect(await app.db.menuItem.count()).toBe(0);
  });

  it('refuse more than five levels', async () => {
    const deep = (levels: number): MenuItemInput =>
      link('x', '/x', levels > 1 ? [deep(levels - 1)] : []);
    await saveMenu(app.db, 'main', [deep(5)]);
    await expect(saveMenu(app.db, 'main', [deep(6)])).rejects.toThrow(InvalidError);
    expect(await app.db.menuItem.count()).toBe(5);
  });

  it('show on the page: escaped, with the current one marked, the rest behind a word', async () => {
    await saveMenu(app.db, 'main', [
      link('<b>Archive</b>', '/archive', [link('Below', '/below')]),
      ...Array.from({ length: 9 }, (_, index) => link(`Item ${index}`, `/item-${index}`)),
    ]);
    const { text } = await app.request().get('/archive').expect(200);
    expect(text).toContain('<a href="/archive" aria-current="page">&lt;b&gt;Archive&lt;/b&gt;</a>');
    expect(text).toMatch(/<summary>More<\/summary>[\s\S]*Item 8/);
  });
});
