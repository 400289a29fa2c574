import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { postFields } from './writing.js';

const app = useApp();

async function sendBack(fields: Record<string, string>): Promise<string> {
  const { agent } = await app.loginAs('editor');
  const answer = await agent.post('/admin/posts').type('form').send(postFields(fields));
  expect(answer.status).toBe(422);
  return answer.text;
}

/** Where the links of the summary lead, with the label that each begins with. */
function summaryOf(html: string): { href: string; label: string }[] {
  const summary = /<div [^>]*data-problems>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '';
  return [...summary.matchAll(/<a href="#([\w-]+)">([^:<]+): /g)].map((link) => ({
    href: link[1] ?? '',
    label: link[2] ?? '',
  }));
}

describe('the summary of a form that came back', () => {
  it('leads to every field that is wrong, by its name', async () => {
    const wrong = {
      title: 'x'.repeat(301),
      body: 'y'.repeat(400_001),
      excerpt: 'z'.repeat(2001),
      status: 'loud',
      publishedAt: 'z'.repeat(41),
      categoryId: 'none',
      categoryIds: 'none',
      tags: 't'.repeat(101),
      coverId: 'none',
      coverAlt: 'c'.repeat(501),
      slug: 's'.repeat(201),
      language: 'no language',
    };
    const html = await sendBack(wrong);
    const links = summaryOf(html);
    expect(links.map(({ href }) => href).toSorted()).toEqual(
      Object.keys(wrong)
        .map((name) => `f-${name}`)
        .toSorted(),
    );
    for (const { href } of links) expect(html).toContain(` id="${href}"`);
    expect(links.find(({ href }) => href === 'f-slug')?.label).toBe('Address');
  });

  it('only says what is wrong with a field that stands nowhere on the page', async () => {
    const html = await sendBack({ version: 'x' });
    expect(html).toContain('data-problems');
    expect(summaryOf(html)).toEqual([]);
    expect(html).not.toContain('href="#f-version"');
  });
});

describe('what was typed and never saved', () => {
  it('stands above the list of its kind, for its author alone', async () => {
    const { agent } = await app.loginAs('editor');
    const key = '0b8f0f3e-53a5-4d6b-9d0d-2f1b6a1c9e11';
    const kept = { kind: 'post', postId: null, baseVersion: 0, fields: { body: 'Only\ntyped' } };
    await agent.put(`/admin/autosaves/${key}`).send(kept).expect(200);
    const posts = await agent.get('/admin/posts').expect(200);
    expect(posts.text).toContain(`<a href="/admin/posts/new?restore=${key}" dir="auto">Only</a>`);
    expect((await agent.get('/admin/pages').expect(200)).text).not.toContain(key);
    const other = await app.loginAs('editor');
    expect((await other.agent.get('/admin/posts').expect(200)).text).not.toContain(key);
  });
});
