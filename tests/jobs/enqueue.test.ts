import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, dequeue, enqueue, handleJob } from '#src/jobs/index.js';
import { inTransaction, type Db } from '#src/platform/db.js';
import { runJobs } from '../support/jobs.js';
import { useQueue } from './queue.js';

const greet = defineJob({ name: 'test.greet', schema: z.object({ name: z.string() }) });

function queued(db: Db): Promise<unknown[]> {
  return db.$queryRaw`select task_identifier, key, max_attempts, run_at from graphile_worker.jobs`;
}

describe('enqueue', () => {
  const queue = useQueue();

  it('puts the job into the queue when the transaction commits', async () => {
    await inTransaction(queue.db, (tx) => enqueue(tx, greet, { name: 'Ada' }));
    expect(await queued(queue.db)).toMatchObject([
      { task_identifier: 'test.greet', max_attempts: 10 },
    ]);
  });

  it('leaves no job when the transaction rolls back', async () => {
    const rolledBack = inTransaction(queue.db, async (tx) => {
      await enqueue(tx, greet, { name: 'Ada' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await queued(queue.db)).toEqual([]);
  });

  it('replaces a waiting job of the same key, or keeps its time', async () => {
    const runAt = new Date('2030-01-01T00:00:00Z');
    await enqueue(queue.db, greet, { name: 'Ada' }, { jobKey: 'one', runAt });
    const later = new Date('2031-01-01T00:00:00Z');
    await enqueue(
      queue.db,
      greet,
      { name: 'Eve' },
      { jobKey: 'one', runAt: later, keepRunAt: true },
    );
    expect(await queued(queue.db)).toMatchObject([{ key: 'one', run_at: runAt }]);
    await enqueue(queue.db, greet, { name: 'Eve' }, { jobKey: 'one', runAt: later });
    expect(await queued(queue.db)).toMatchObject([{ key: 'one', run_at: later }]);
    await dequeue(queue.db, 'one');
    expect(await queued(queue.db)).toEqual([]);
  });

  it('is done by its handler when its time has come by the clock', async () => {
    const greeted: string[] = [];
    const handlers = [handleJob(greet, async ({ name }) => void greeted.push(name))];
    await enqueue(queue.db, greet, { name: 'now' });
    await enqueue(queue.db, greet, { name: 'later' }, { runAt: new Date('2026-11-21T12:30:00Z') });
    await runJobs(queue, handlers);
    expect(greeted).toEqual(['now']);
    queue.setClock('2026-11-21T12:30:00Z');
    await runJobs(queue, handlers);
    expect(greeted).toEqual(['now', 'later']);
    expect(await queued(queue.db)).toEqual([]);
  });

  it('stays for another try when the handler fails or the payload is not what it should be', async () => {
    const handlers = [handleJob(greet, async () => undefined)];
    await queue.db.$executeRaw`select graphile_worker.add_job('test.greet', '{"name": 1}')`;
    const [result] = await runJobs(queue, handlers, { keepFailed: true });
    expect(result?.error).toBeInstanceOf(z.ZodError);
    expect(await queued(queue.db)).toHaveLength(1);
    expect(await runJobs(queue, handlers)).toEqual([]);
    queue.setClock('2026-11-21T12:01:00Z');
    await expect(runJobs(queue, handlers)).rejects.toThrow(z.ZodError);
  });
});
