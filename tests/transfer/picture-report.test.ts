import { expect, test } from 'vitest';
import { reportLines, transferJobs } from '#src/transfer/index.js';
import { useApp } from '../support/app.js';
import { runJobs } from '../support/jobs.js';
import { importFile, smallSite } from './small-site.js';

const app = useApp();

/** Does the jobs of the import where no address of the old site can be reached: given up at once. */
function fetchNothing() {
  const reach = { resolve: () => Promise.resolve(['127.0.0.1']) };
  return runJobs(app.ctx, transferJobs({ ...app.ctx, reach }), { keepFailed: true });
}

function rowOf(html: string): string {
  const row = /<th scope="row">Pictures.*?<\/tr>/s.exec(html)?.[0] ?? '';
  return row
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

test('pictures that are still to come are not said to be here', async () => {
  const { runId, report, pictures } = await importFile(app, smallSite);
  const { agent } = await app.loginAs('admin');
  const { text } = await agent.get(`/admin/import/${String(runId)}`).expect(200);
  expect(rowOf(text)).toBe('Pictures 2 still to come, 0 could not be had 0 0 1');
  expect(text).toContain('The texts are here; pictures are still coming.');
  expect(text).not.toContain('The import is done.');
  expect(text).not.toContain('Try the pictures again');
  const lines = reportLines(report, app.ctx.catalogue.translator('en'), pictures);
  expect(lines.find((line) => line.includes('Pictures '))).toContain(
    '0 here, 2 still to come, 0 could not be had, 0 here already, 1 left out',
  );
  expect(lines.join('\n')).toContain('running this import again tries them again');
});

test('what could not be had is a warning, and an admin has it tried again', async () => {
  const { runId } = await importFile(app, smallSite);
  await fetchNothing();
  const address = `/admin/import/${String(runId)}`;
  const { agent, user } = await app.loginAs('admin');
  const { text } = await agent.get(address).expect(200);
  expect(text).toMatch(/flash-problem[^>]*>The import is done, but 2 pictures could not be had\./);
  expect(text).not.toContain('The import is done.');
  expect(rowOf(text)).toBe('Pictures 0 still to come, 2 could not be had 0 0 3');
  expect(text).toContain(`action="${address}/pictures"`);

  const sent = await agent.post(`${address}/pictures`).expect(303);
  expect(sent.headers.location).toBe(address);
  expect(await app.db.mediaFetch.count({ where: { error: null, mediaId: null } })).toBe(2);
  expect(await app.db.auditEvent.findFirst({ where: { action: 'import.pictures' } })).toMatchObject(
    { actorId: user.id, targetId: String(runId), data: { pictures: 2 } },
  );
  expect((await agent.get(address)).text).toContain('2 pictures are being tried again.');
  await fetchNothing();
  expect(await app.db.mediaFetch.count({ where: { error: { not: null } } })).toBe(2);
});

test('a second run of a file counts its pictures once', async () => {
  await importFile(app, smallSite);
  await fetchNothing();
  const { pictures, report } = await importFile(app, smallSite);
  expect(pictures).toEqual({ total: 2, waiting: 2, here: 0, failed: 0 });
  const lines = reportLines(report, app.ctx.catalogue.translator('en'), pictures);
  expect(lines.find((line) => line.includes('Pictures '))).toContain(
    '0 here, 2 still to come, 0 could not be had, 0 here already',
  );
});

test.each(['reader', 'author', 'editor'] as const)(
  'role %s has nothing tried again',
  async (role) => {
    const { runId } = await importFile(app, smallSite);
    await fetchNothing();
    const { agent } = await app.loginAs(role);
    await agent.post(`/admin/import/${String(runId)}/pictures`).expect(403);
    await app
      .request()
      .post(`/admin/import/${String(runId)}/pictures`)
      .expect(401);
    expect(await app.db.mediaFetch.count({ where: { error: { not: null } } })).toBe(2);
  },
);

test('a run that is not there has no pictures to try', async () => {
  const { agent } = await app.loginAs('admin');
  await agent.post('/admin/import/999/pictures').expect(404);
});
