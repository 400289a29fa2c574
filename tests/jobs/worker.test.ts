import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  defineJob,
  enqueue,
  handleJob,
  startWorker,
  type JobHandler,
  type JobLog,
  type Worker,
} from '#src/jobs/index.js';
import { programRoot } from '#src/platform/paths.js';
import { useProgram } from '../support/bundle.js';
import { useQueue } from './queue.js';

const work = defineJob({ name: 'test.work', schema: z.object({}), maxAttempts: 3 });

/** A promise and what settles it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open };
}

describe('a worker', () => {
  const queue = useQueue();
  const program = useProgram(join(import.meta.dirname, 'dying-worker.ts'));
  const workers: Worker[] = [];

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(100)));
  });

  async function start(handlers: JobHandler[], log: JobLog = queue.log): Promise<Worker> {
    const worker = await startWorker({
      databaseUrl: queue.databaseUrl,
      handlers,
      log,
      now: queue.now,
      pollInterval: 20,
      sweepInterval: 20,
    });
    workers.push(worker);
    return worker;
  }

  const names = async (): Promise<string[]> =>
    (await queue.db.worker.findMany()).map(({ name }) => name);
  const jobs = (): Promise<{ attempts: number; locked_by: string | null }[]> =>
    queue.db.$queryRaw`select attempts, locked_by, last_error from graphile_worker.jobs`;

  it('does what is enqueued and tells the handler about the run', async () => {
    const seen = vi.fn();
    await start([handleJob(work, async (_payload, run) => seen(run.attempt, run.now()))]);
    await enqueue(queue.db, work, {});
    await vi.waitFor(() => expect(seen).toHaveBeenCalledWith(1, queue.now()));
    await vi.waitFor(async () => expect(await jobs()).toEqual([]));
  });

  it('leaves jobs alone that it has no handler for', async () => {
    const seen = vi.fn();
    const other = defineJob({ name: 'test.other', schema: z.object({}) });
    await start([handleJob(work, async () => seen())]);
    await enqueue(queue.db, other, {});
    await enqueue(queue.db, work, {});
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
    await vi.waitFor(async () =>
      expect(await jobs()).toMatchObject([{ attempts: 0, last_error: null }]),
    );
  });

  it('logs a job that has failed for good, and keeps it', async () => {
    const once = defineJob({ name: 'test.once', schema: z.object({}), maxAttempts: 1 });
    const error = vi.fn();
    const failing = handleJob(once, async () => {
      throw new Error('no way');
    });
    await start([failing], { ...quiet, error });
    await enqueue(queue.db, once, {});
    await vi.waitFor(() =>
      expect(error).toHaveBeenCalledWith(
        expect.objectContaining({ job: 'test.once' }),
        'A job has failed for good.',
      ),
    );
    await vi.waitFor(async () =>
      expect(await jobs()).toMatchObject([{ attempts: 1, locked_by: null, last_error: 'no way' }]),
    );
  });

  it('lets a running job finish when it stops, and signs off', async () => {
    const [began, finish] = [gate(), gate()];
    let done = false;
    const slow = handleJob(work, async () => {
      began.open();
      await finish.opened;
      done = true;
    });
    const worker = await start([slow]);
    expect(await names()).toEqual([worker.name]);
    await enqueue(queue.db, work, {});
    await began.opened;
    const stopping = worker.stop(30_000);
    finish.open();
    await stopping;
    expect(done).toBe(true);
    expect(await jobs()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it('hands a job back that is not done by the deadline, as if it had not been tried', async () => {
    const [began, finish] = [gate(), gate()];
    const slow = handleJob(work, async () => {
      began.open();
      await finish.opened;
    });
    const worker = await start([slow]);
    await enqueue(queue.db, work, {});
    await began.opened;
    await worker.stop(10);
    expect(await jobs()).toMatchObject([{ attempts: 0, locked_by: null }]);
    finish.open();
  });

  it('takes over the job of a worker that was killed', async () => {
    const child = spawn(process.execPath, [program.file, queue.databaseUrl], {
      cwd: programRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await enqueue(queue.db, work, {});
      await once(child.stdout, 'data');
      const dead = (await names())[0];
      const seen = vi.fn();
      await start([handleJob(work, async (_payload, run) => seen(run.attempt))]);
      // While it lives, nobody takes its job away, however often they look.
      await vi.waitFor(async () => expect((await names()).length).toBe(2));
      expect(await jobs()).toMatchObject([{ locked_by: dead }]);
      child.kill('SIGKILL');
      await vi.waitFor(() => expect(seen).toHaveBeenCalledWith(2), 30_000);
      expect(await names()).not.toContain(dead);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('comes back under its name when its connection is cut', async () => {
    const seen = vi.fn();
    const worker = await start([handleJob(work, async () => seen())]);
    await queue.db.$executeRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = ${`billet worker ${worker.name}`} and datname = current_database()`;
    await vi.waitFor(async () => {
      const rows = await queue.db.$queryRaw<{ held: bigint }[]>`
        select count(*) as held from pg_locks where locktype = 'advisory' and granted
          and database = (select oid from pg_database where datname = current_database())`;
      expect(Number(rows[0]?.held)).toBe(1);
    }, 30_000);
    expect(await names()).toEqual([worker.name]);
    await enqueue(queue.db, work, {});
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
  });
});

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
