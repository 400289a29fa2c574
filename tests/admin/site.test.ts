import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';

const app = useApp();

const send = (
  agent: Awaited<ReturnType<typeof app.loginAs>>['agent'],
  path: string,
  form: object = {},
) => agent.post(path).type('form').send(form);

const settings = {
  title: 'Carnet du port',
  description: 'Fog & tides',
  language: 'fr',
  timeZone: 'Europe/Paris',
  postsPerPage: '5',
  footer: '*Écrit au port*',
  securityEmail: '',
};

describe('settings', () => {
  it('are saved, noted, and shown by every page at once', async () => {
    const { agent, user } = await app.loginAs('admin');
    await send(agent, '/admin/settings', settings).expect(303);
    const home = await app.request().get('/').expect(200);
    expect(home.text).toContain('Carnet du port');
    expect(home.text).toContain('<em>Écrit au port</em>');
    const form = await agent.get('/admin/settings').expect(200);
    expect(form.text).toContain('<option value="Europe/Paris" selected>');
    const fields = [...form.text.matchAll(/ name="(\w+)"/g)].map(([, name]) => name);
    expect(fields).toEqual(expect.arrayContaining(Object.keys(settings)));
    // Nothing is asked that this version does nothing with.
    for (const name of fields) expect(name).not.toMatch(/comment|contact/i);
    expect(
      await app.db.auditEvent.findMany({ where: { action: 'settings.change' } }),
    ).toMatchObject([{ actorId: user.id }]);
  });

  it('come back with messages when they do not fit', async () => {
    const { agent } = await app.loginAs('admin');
    const wrong = {
      ...settings,
      title: '',
      timeZone: 'Mars/Olympus',
      postsPerPage: '0',
      securityEmail: 'no',
    };
    const answer = await send(agent, '/admin/settings', wrong).expect(422);
    for (const name of ['title', 'timeZone', 'postsPerPage', 'securityEmail']) {
      expect(answer.text).toContain(`id="f-${name}-problem"`);
    }
    expect(answer.text).toContain('Fog &amp; tides');
    expect(await app.db.setting.count()).toBe(0);
  });

  it('and menus are for admins', async () => {
    for (const role of ['reader', 'author', 'editor'] as const) {
      const { agent } = await app.loginAs(role);
      for (const path of ['/admin/settings', '/admin/menu']) {
        await agent.get(path).expect(403);
        await send(agent, path, settings).expect(403);
      }
    }
    await app.request().post('/admin/settings').type('form').send(settings).expect(401);
    await app.request().post('/admin/menu').type('form').send({ target: 'url' }).expect(401);
    expect(await app.db.setting.count()).toBe(0);
    expect(await app.db.menuItem.count()).toBe(0);
  });

  it('decide in which time zone an author types', async () => {
    const { agent } = await app.loginAs('admin');
    await send(agent, '/admin/settings', settings).expect(303);
    const post = { title: 'À midi', body: 'x', language: 'fr', version: '0', status: 'scheduled' };
    await send(agent, '/admin/posts', { ...post, publishedAt: '2026-12-24T12:00' }).expect(303);
    const saved = await app.db.post.findFirstOrThrow();
    expect(saved.publishedAt).toEqual(new Date('2026-12-24T11:00:00.000Z'));
    const form = await agent.get(`/admin/posts/${saved.id}`).expect(200);
    expect(form.text).toContain('value="2026-12-24T12:00"');
    const gap = await send(agent, '/admin/posts', {
      ...post,
      publishedAt: '2027-03-28T02:30',
    }).expect(422);
    expect(gap.text).toContain('This time does not exist on that day');
  });
});

describe('menus', () => {
  async function menu(location: 'main' | 'footer' = 'main') {
    const rows = await app.db.menuItem.findMany({
      where: { location },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    });
    const below = (parentId: number | null): unknown[] =>
      rows
        .filter((row) => row.parentId === parentId)
        .map((row) => {
          const children = below(row.id);
          return children.length > 0 ? [row.label, children] : row.label;
        });
    return below(null);
  }

  async function idOf(label: string): Promise<number> {
    return (await app.db.menuItem.findFirstOrThrow({ where: { label } })).id;
  }

  it('take lines of every kind, which move up, down, in, out and away without script', async () => {
    const { agent } = await app.loginAs('admin');
    const page = await createPost(app.db, { kind: 'page', title: 'About us', slug: 'about' });
    await send(agent, '/admin/menu', { target: 'url', label: 'Home', url: '/' }).expect(303);
    await send(agent, '/admin/menu', { target: `post:${page.id}`, label: '', url: '' }).expect(303);
    await send(agent, '/admin/menu', {
      target: 'url',
      label: 'Away',
      url: 'https://example.org/',
    }).expect(303);
    expect((await app.request().get('/')).text).toContain('href="/about"');
    const move = async (label: string, direction: string) =>
      send(agent, `/admin/menu/${await idOf(label)}/position`, { move: direction }).expect(303);
    await move('Away', 'up');
    expect(await menu()).toEqual(['Home', 'Away', '']);
    await move('Away', 'in');
    expect(await menu()).toEqual([['Home', ['Away']], '']);
    await move('Away', 'out');
    await move('Home', 'down');
    expect(await menu()).toEqual(['Away', 'Home', '']);
    await send(agent, `/admin/menu/${await idOf('Away')}`, {
      label: 'Far',
      url: 'https://example.com/',
    }).expect(303);
    await move('Home', 'remove');
    expect(await menu()).toEqual(['Far', '']);
    expect(await app.db.auditEvent.count({ where: { action: 'menu.change' } })).toBeGreaterThan(5);
  });

  it('begin with what the site shows, and know head from foot', async () => {
    const { agent } = await app.loginAs('admin');
    await send(agent, '/admin/menu/beginning', { location: 'main' }).expect(303);
    expect(await menu()).toEqual(['Posts', 'Archive']);
    const foot = { location: 'footer', target: 'url', label: 'Imprint', url: '/imprint' };
    const answer = await send(agent, '/admin/menu', foot).expect(303);
    expect(answer.headers.location).toBe('/admin/menu?location=footer');
    expect(await menu('footer')).toEqual(['Imprint']);
    expect(await menu()).toEqual(['Posts', 'Archive']);
  });

  it.each([
    { target: 'url', label: 'X', url: 'javascript:alert(1)' },
    { target: 'url', label: 'X', url: '//evil.example' },
    { target: 'url', label: '', url: '/' },
    { target: 'post:abc', label: 'X', url: '' },
    { target: '', label: 'X', url: '' },
  ])('refuse %j with what was typed', async (form) => {
    const { agent } = await app.loginAs('admin');
    await send(agent, '/admin/menu', form).expect(422);
    expect(await app.db.menuItem.count()).toBe(0);
  });

  it('answer 404 and 409 for lines and targets that are gone', async () => {
    const { agent } = await app.loginAs('admin');
    await send(agent, '/admin/menu/999/position', { move: 'up' }).expect(404);
    await send(agent, '/admin/menu/x', { label: 'X', url: '/' }).expect(404);
    await send(agent, '/admin/menu', { target: 'tag:999', label: 'X', url: '' }).expect(409);
    expect(await app.db.menuItem.count()).toBe(0);
  });
});
