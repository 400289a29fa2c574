import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';

const app = useApp();

function navigation(html: string): string[] {
  const nav = /<nav class="side-nav"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
  return [...nav.matchAll(/href="([^"]+)"/g)].map((match) => match[1] ?? '');
}

describe('the frame of the admin', () => {
  it('shows each role the pages that it may open, and every one of them opens', async () => {
    const seen: Record<string, string[]> = {};
    for (const role of ['author', 'editor', 'admin'] as const) {
      const { agent } = await app.loginAs(role);
      const links = navigation((await agent.get('/admin').expect(200)).text);
      for (const link of links) await agent.get(link).expect(200);
      seen[role] = links;
    }
    expect(seen.author).toEqual(['/admin', '/admin/posts', '/admin/media']);
    expect(seen.editor).toContain('/admin/categories');
    expect(seen.editor).not.toContain('/admin/settings');
    expect(seen.admin).toEqual(
      expect.arrayContaining(['/admin/menu', '/admin/settings', '/admin/import']),
    );
  });

  it('marks the page shown, also for what lies below it', async () => {
    const { agent } = await app.loginAs('editor');
    for (const [path, current] of [
      ['/admin', '/admin'],
      ['/admin/posts?status=draft', '/admin/posts'],
      ['/admin/posts/new', '/admin/posts'],
    ]) {
      const { text } = await agent.get(path ?? '').expect(200);
      const marked = [...text.matchAll(/<a href="([^"]+)" aria-current="page">/g)].map(
        (match) => match[1],
      );
      expect(marked[0]).toBe(current);
    }
  });

  it('is kept by nobody on the way, and out of search engines', async () => {
    const { agent } = await app.loginAs('author');
    const answer = await agent.get('/admin').expect(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toContain('<meta name="robots" content="noindex');
  });

  it('shows a message once, and none that it did not leave itself', async () => {
    const { agent } = await app.loginAs('editor');
    await agent.post('/admin/categories').type('form').send({ name: 'Sea <b>' }).expect(303);
    const page = await agent.get('/admin/categories').expect(200);
    expect(page.text).toContain('The category “Sea &lt;b&gt;” is there.');
    expect((await agent.get('/admin/categories')).text).not.toContain('is there.');
    const forged = [
      'nonsense',
      JSON.stringify({ kind: 'done', key: 'no.such.key' }),
      JSON.stringify({ kind: 'done', key: '<script>' }),
      JSON.stringify({ kind: 'done', key: 'flash.menu.saved', undo: { kind: 'x', ids: ['1'] } }),
    ];
    for (const content of forged) {
      const cookie = `flash=${Buffer.from(content).toString('base64url')}`;
      const answer = await agent.get('/admin').set('Cookie', cookie);
      expect([200, 302]).toContain(answer.status);
      expect(answer.text).not.toContain('class="flash');
    }
  });
});

describe('Today', () => {
  it('helps a newcomer on an empty site', async () => {
    const { agent } = await app.loginAs('admin');
    const { text } = await agent.get('/admin').expect(200);
    expect(text).toContain('/admin/import');
    expect(text).toContain('Write the first post');
  });

  it('shows drafts of one’s own, what comes and what was last, by rights', async () => {
    const { agent, user } = await app.loginAs('author');
    await createPost(app.db, { title: 'My draft', status: 'draft', authorId: user.id });
    await createPost(app.db, { title: 'Their draft', status: 'draft' });
    const later = new Date('2026-12-24T18:00:00Z');
    await createPost(app.db, {
      title: 'My evening',
      status: 'scheduled',
      publishedAt: later,
      authorId: user.id,
    });
    await createPost(app.db, { title: 'Their evening', status: 'scheduled', publishedAt: later });
    await createPost(app.db, { title: 'Their news' });
    const mine = (await agent.get('/admin').expect(200)).text;
    expect(mine).toContain('My draft');
    expect(mine).toContain('My evening');
    expect(mine).not.toMatch(/Their (draft|evening|news)/);
    const { agent: editor } = await app.loginAs('editor');
    const all = (await editor.get('/admin').expect(200)).text;
    expect(all).toContain('Their evening');
    expect(all).toContain('Their news');
    expect(all).not.toMatch(/(My|Their) draft/);
  });
});
