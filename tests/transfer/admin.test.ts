import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { useApp } from '../support/app.js';
import { runPendingJobs } from '../support/jobs.js';
import { smallSite } from './small-site.js';

const app = useApp();

function waitingFiles(): string[] {
  const folder = path.join(app.ctx.config.dataDir, 'imports');
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function upload(
  agent: Awaited<ReturnType<typeof app.loginAs>>['agent'],
  fields: Record<string, string> = {},
) {
  const request = agent.post('/admin/import').attach('file', smallSite);
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request;
}

test('an admin uploads an export, and its report is there when the job is done', async () => {
  const { agent, user } = await app.loginAs('admin');
  await agent.get('/admin/import').expect(200, /Nothing has been imported yet/);
  const sent = await upload(agent);
  expect(sent.status).toBe(303);
  const run = await app.db.importRun.findFirstOrThrow();
  expect(run).toMatchObject({ state: 'waiting', filename: 'small-site.xml', userId: user.id });
  expect(sent.headers.location).toBe(`/admin/import/${String(run.id)}`);
  const page = await agent.get(`/admin/import/${String(run.id)}`).expect(200);
  expect(page.text).toContain('data-import-state="waiting"');
  expect(page.text).toContain('http-equiv="refresh"');
  await agent
    .get(`/admin/import/${String(run.id)}/progress`)
    .expect(200)
    .expect(({ body }) =>
      expect(body).toMatchObject({ state: 'waiting', running: true, percent: 0 }),
    );
  expect(waitingFiles()).toHaveLength(1);
  expect(await app.db.auditEvent.findFirst({ where: { action: 'import.start' } })).toMatchObject({
    actorId: user.id,
    targetId: String(run.id),
  });

  await runPendingJobs(app.ctx, { keepFailed: true });
  expect(waitingFiles()).toEqual([]);
  const done = await agent.get(`/admin/import/${String(run.id)}`).expect(200);
  expect(done.text).toContain('data-import-state="done"');
  expect(done.text).toContain('The Quay Notebook');
  expect(done.text).toContain('Posts with a password');
  expect(await app.db.post.count()).toBe(9);
  expect(await app.db.importRun.findFirst()).toMatchObject({ state: 'done', path: null });
  await agent.get('/admin/import').expect(200, /small-site\.xml/);
});

test('a dry run shows its report and changes nothing', async () => {
  const { agent } = await app.loginAs('admin');
  const sent = await upload(agent, { dryRun: '1' });
  await runPendingJobs(app.ctx);
  const page = await agent.get(sent.headers.location ?? '').expect(200);
  expect(page.text).toContain('This was only tried out');
  expect(page.text).toContain('Posts with a password');
  expect(await app.db.post.count()).toBe(0);
  expect(waitingFiles()).toEqual([]);
});

test('a file that is no export fails with its line and reason', async () => {
  const { agent } = await app.loginAs('admin');
  const sent = await agent
    .post('/admin/import')
    .attach('file', readFileSync(smallSite).subarray(0, 9000), 'half.xml')
    .expect(303);
  await runPendingJobs(app.ctx);
  const page = await agent.get(sent.headers.location ?? '').expect(200);
  expect(page.text).toContain('data-import-state="failed"');
  expect(page.text).toMatch(/Line \d+: The file ends in the middle of/);
  expect(await app.db.importRun.findFirst()).toMatchObject({
    state: 'failed',
    path: null,
    error: expect.stringContaining('Line'),
  });
  expect(waitingFiles()).toEqual([]);
});

test('without a file the form comes back with a message at its field', async () => {
  const { agent } = await app.loginAs('admin');
  const page = await agent.post('/admin/import').field('dryRun', '').expect(422);
  expect(page.text).toMatch(/aria-invalid="true"/);
  expect(page.text).toContain('Choose the .xml file first.');
  await agent.post('/admin/import').attach('file', Buffer.alloc(0), 'empty.xml').expect(422);
  expect(await app.db.importRun.count()).toBe(0);
  expect(waitingFiles()).toEqual([]);
});

test.each(['reader', 'author', 'editor'] as const)('role %s has no business here', async (role) => {
  const { agent } = await app.loginAs(role);
  await agent.get('/admin/import').expect(403);
  expect((await upload(agent)).status).toBe(403);
  expect(waitingFiles()).toEqual([]);
  expect(await app.db.importRun.count()).toBe(0);
});

test('nobody is sent to the log-in', async () => {
  const page = await app.request().get('/admin/import').set('Accept', 'text/html');
  expect([page.status, page.headers.location]).toEqual([302, expect.stringContaining('/login')]);
});

test('addresses that are no run', async () => {
  const { agent } = await app.loginAs('admin');
  for (const id of ['999', 'x', '0', '99999999999', '%00']) {
    const { status } = await agent.get(`/admin/import/${id}`);
    expect([id, [400, 404].includes(status)]).toEqual([id, true]);
  }
});

test('a worker that died in the middle: the job begins again and comes to the same end', async () => {
  const { agent } = await app.loginAs('admin');
  const sent = await upload(agent);
  const run = await app.db.importRun.findFirstOrThrow();
  // As a killed worker leaves it: progress noted, transaction gone, job handed on.
  await app.db.importRun.update({
    where: { id: run.id },
    data: { state: 'importing', done: 5, total: 20 },
  });
  await runPendingJobs(app.ctx, { keepFailed: true });
  expect(await app.db.post.count()).toBe(9);
  await agent.get(sent.headers.location ?? '').expect(200, /data-import-state="done"/);
});

test('a transaction that is cut off leaves nothing', async () => {
  const { importFile, snapshot } = await import('./small-site.js');
  const before = await snapshot(app);
  const running = importFile(app, smallSite);
  const killed = (async () => {
    for (let tries = 0; tries < 2000; tries += 1) {
      const [row] = await app.db.$queryRaw<{ killed: boolean }[]>`
        SELECT bool_or(pg_terminate_backend(pid)) AS killed FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'
          AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`;
      if (row?.killed === true) return true;
    }
    return false;
  })();
  const outcome = await running.then(
    () => 'done',
    () => 'failed',
  );
  expect(await killed).toBe(true);
  expect(outcome).toBe('failed');
  expect(await snapshot(app)).toEqual(before);
});
