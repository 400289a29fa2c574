import { expect, it } from 'vitest';
import { useApp } from '../support/app.js';

const app = useApp();

it('lines that several people add to a menu at once are all there', async () => {
  const { agent } = await app.loginAs('admin');
  const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
  const answers = await Promise.all(
    labels.map((label) =>
      agent
        .post('/admin/menu')
        .type('form')
        .send({ target: 'url', label, url: `/${label}` }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(labels.map(() => 303));
  const rows = await app.db.menuItem.findMany({ where: { parentId: null } });
  // What the site shows without a menu of its own is taken over by the first of them.
  const added = rows.map(({ label }) => label).filter((label) => labels.includes(label));
  expect(added.sort()).toEqual(labels);
  expect(new Set(rows.map(({ position }) => position)).size).toBe(rows.length);
});
