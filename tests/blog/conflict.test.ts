import { describe, expect, it } from 'vitest';
import { useApp, type LoggedIn } from '../support/app.js';
import { fieldsOf, postFields, savedId } from './writing.js';

const app = useApp();

const text = 'One line.\n\nA second line.\n\nA third line.';

/** A draft of `first`, saved once more by an editor after `first` opened its form. */
async function twoEditors(theirs: string) {
  const first = await app.loginAs('author');
  const second = await app.loginAs('editor');
  const answer = await first.agent
    .post('/admin/posts')
    .type('form')
    .send(postFields({ body: text }));
  const id = savedId(answer);
  const opened = await app.db.post.findUniqueOrThrow({ where: { id } });
  await send(second, opened, { body: theirs }).expect(303);
  return { first, second, opened, id };
}

function send(
  who: LoggedIn,
  post: { id: number; title: string; slug: string; body: string; status: string; version: number },
  fields: Record<string, string>,
) {
  return who.agent.post(`/admin/posts/${post.id}`).type('form').send(fieldsOf(post, fields));
}

describe('two people and one text', () => {
  it('shows both texts with 409 and overwrites nothing', async () => {
    const { first, opened, second } = await twoEditors(text.replace('third', 'THIRD'));
    const answer = await send(first, opened, { body: text.replace('One', 'ONE') }).expect(409);
    expect(answer.text).toContain('ONE line.');
    expect(answer.text).toContain('A THIRD line.');
    expect(answer.text).toContain(second.user.displayName);
    expect(answer.text).toMatch(/<ins>.*<mark>ONE<\/mark>/);
    expect(answer.text).toMatch(/name="version" value="2"/);
    const stored = await app.db.post.findUniqueOrThrow({ where: { id: opened.id } });
    expect(stored).toMatchObject({ version: 2, body: text.replace('third', 'THIRD') });
  });

  it('saves mine on top where that is said, and theirs stays among the versions', async () => {
    const { first, opened, id } = await twoEditors(text.replace('third', 'THIRD'));
    await send(first, opened, { body: 'Mine.', version: '2' }).expect(303);
    expect(await app.db.post.findUniqueOrThrow({ where: { id } })).toMatchObject({
      body: 'Mine.',
      version: 3,
    });
    const kept = await app.db.revision.findMany({
      where: { postId: id },
      orderBy: { version: 'asc' },
    });
    expect(kept.map((revision) => revision.body)).toEqual([
      text,
      text.replace('third', 'THIRD'),
      'Mine.',
    ]);
  });

  it('puts both together where they changed different lines', async () => {
    const { first, opened, id } = await twoEditors(text.replace('third', 'THIRD'));
    const mine = text.replace('One', 'ONE');
    const conflict = await send(first, opened, { body: mine }).expect(409);
    expect(conflict.text).toContain('name="mergedWith" value="1"');
    await send(first, opened, { body: mine, version: '2', mergedWith: '1' }).expect(303);
    const saved = await app.db.post.findUniqueOrThrow({ where: { id } });
    expect(saved.body).toBe('ONE line.\n\nA second line.\n\nA THIRD line.');
  });

  it('offers no merging where both changed the same line', async () => {
    const { first, opened } = await twoEditors(text.replace('second', 'other'));
    const mine = text.replace('second', 'different');
    const conflict = await send(first, opened, { body: mine }).expect(409);
    expect(conflict.text).not.toContain('name="mergedWith"');
    await send(first, opened, { body: mine, version: '2', mergedWith: '1' }).expect(422);
  });

  it('keeps mine when theirs is taken: the form offers it afterwards', async () => {
    const { first, opened, id } = await twoEditors('Theirs.');
    await send(first, opened, { body: 'Mine, at length.' }).expect(409);
    const page = await first.agent.get(`/admin/posts/${id}`).expect(200);
    expect(page.text).toContain('Theirs.');
    const restore = /href="(\/admin\/posts\/\d+\?restore=[\w-]+)"/.exec(page.text)?.[1] ?? '';
    const restored = await first.agent.get(restore).expect(200);
    expect(restored.text).toContain('Mine, at length.');
    expect(restored.text).toMatch(/name="version" value="1"/);
  });

  it('lets one of two saves of the same moment win, and shows the other both texts', async () => {
    const { first, second, opened, id } = await twoEditors('Now at two.');
    const answers = await Promise.all([
      send(first, opened, { body: 'From one.', version: '2' }),
      send(second, opened, { body: 'From the other.', version: '2' }),
    ]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 409]);
    expect(await app.db.post.findUniqueOrThrow({ where: { id } })).toMatchObject({ version: 3 });
  });
});
