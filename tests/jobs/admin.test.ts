import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, enqueue } from '#src/jobs/index.js';
import { useApp } from '../support/app.js';

const work = defineJob({ name: 'test.work', schema: z.object({ note: z.string() }) });

describe('/admin/jobs', () => {
  const app = useApp();

  async function addJob(note: string, failed = false): Promise<string> {
    await enqueue(app.db, work, { note });
    const [row] = await app.db.$queryRaw<{ id: string }[]>`
      select id::text from graphile_worker._private_jobs order by id desc limit 1`;
    const id = row?.id ?? '';
    if (failed) {
      await app.db.$executeRaw`
        select graphile_worker.permanently_fail_jobs(array[${id}::bigint], 'it broke <here>')`;
    }
    return id;
  }

  const attempts = async (): Promise<number[]> =>
    (
      await app.db.$queryRaw<{ attempts: number }[]>`
        select attempts::int from graphile_worker._private_jobs order by id`
    ).map((row) => row.attempts);

  it('lists jobs, why they failed, and who does them', async () => {
    const { agent } = await app.loginAs('admin');
    await app.db.worker.create({ data: { name: 'host-1-abcd', host: 'host', pid: 1, lockKey: 7 } });
    await addJob('patient-one');
    await addJob('broken-one', true);
    const { text } = await agent.get('/admin/jobs').expect(200);
    expect(text).toContain('{&#34;note&#34;:&#34;patient-one&#34;}');
    expect(text).toContain('it broke &lt;here&gt;');
    expect(text).toContain('host-1-abcd');
    const failed = await agent.get('/admin/jobs?state=failed').expect(200);
    expect(failed.text).toContain('broken-one');
    expect(failed.text).not.toContain('patient-one');
  });

  it('shows fifty at a time', async () => {
    const { agent } = await app.loginAs('admin');
    for (let n = 1; n <= 51; n += 1) await addJob(`number-${n}-`);
    const first = await agent.get('/admin/jobs').expect(200);
    expect(first.text).toContain('number-51-');
    expect(first.text).not.toContain('number-1-');
    const older = /href="(\/admin\/jobs\?before=\d+)"/.exec(first.text)?.[1] ?? '';
    expect((await agent.get(older).expect(200)).text).toContain('number-1-');
  });

  it('tries a failed job again', async () => {
    const { agent } = await app.loginAs('admin');
    const id = await addJob('broken-one', true);
    await agent.post(`/admin/jobs/${id}/retry`).expect(303).expect('location', '/admin/jobs');
    expect(await attempts()).toEqual([0]);
    expect((await agent.get('/admin/jobs')).text).toContain('The job will be tried now.');
  });

  it('deletes a failed job, and no other', async () => {
    const { agent } = await app.loginAs('admin');
    const failed = await addJob('broken-one', true);
    const waiting = await addJob('patient-one');
    await agent.post(`/admin/jobs/${failed}/deletion`).expect(303);
    await agent.post(`/admin/jobs/${waiting}/deletion`).expect(303);
    expect(await attempts()).toEqual([0]);
    expect((await agent.get('/admin/jobs')).text).toContain('running or already gone');
  });

  it('leaves a running job alone', async () => {
    const { agent } = await app.loginAs('admin');
    const id = await addJob('runs');
    await app.db.$executeRaw`
      update graphile_worker._private_jobs set locked_at = now(), locked_by = 'x', attempts = 1`;
    await agent.post(`/admin/jobs/${id}/retry`).expect(303);
    expect(await attempts()).toEqual([1]);
  });

  it('knows no job of a strange id, and ignores a strange filter', async () => {
    const { agent } = await app.loginAs('admin');
    await agent.post('/admin/jobs/0x1/retry').expect(404);
    await agent.post('/admin/jobs/99999999999999999999/deletion').expect(404);
    await agent.get('/admin/jobs?state=x&before=-1').expect(200);
    await agent.get('/admin/jobs?state=failed&state=waiting').expect(200);
  });

  it.each(['reader', 'author', 'editor'] as const)('is closed to %ss', async (role) => {
    const { agent } = await app.loginAs(role);
    const id = await addJob('broken-one', true);
    await agent.get('/admin/jobs').expect(403);
    await agent.post(`/admin/jobs/${id}/deletion`).expect(403);
    expect(await attempts()).toHaveLength(1);
  });

  it('asks strangers to log in', async () => {
    const id = await addJob('broken-one', true);
    const page = await app.request().get('/admin/jobs').expect(302);
    expect(page.headers.location).toMatch(/^\/login/);
    await app.request().post(`/admin/jobs/${id}/retry`).expect(401);
    expect(await attempts()).not.toEqual([0]);
  });
});
