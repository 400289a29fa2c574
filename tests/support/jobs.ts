import pg from 'pg';
import { jobHandlers } from '#src/jobs-registry.js';
import type { Context } from '#src/context.js';
import type { JobHandler, JobLog } from '#src/jobs/index.js';
import type { Now } from '#src/platform/clock.js';

/** What became of one job: no error when it was done. */
export type JobResult = { name: string; payload: unknown; error?: unknown };

type Row = { id: string; name: string; payload: unknown; attempts: number; max_attempts: number };

/**
 * Does the jobs that are due by the test's clock, one after the other, and those that they enqueue
 * in turn, as a worker would; recurring jobs are not added. A job that fails throws its error here,
 * unless `keepFailed` is set: then it stays in the queue for its next try, as in life.
 */
export function runPendingJobs(
  ctx: Context,
  options: { keepFailed?: boolean } = {},
): Promise<JobResult[]> {
  return runJobs(ctx, jobHandlers(ctx), options);
}

type Surroundings = { databaseUrl: string; now: Now; log: JobLog };

/** The same with handlers of the test's own. */
export async function runJobs(
  ctx: Surroundings,
  list: JobHandler[],
  options: { keepFailed?: boolean } = {},
): Promise<JobResult[]> {
  const handlers = new Map(list.map((handler) => [handler.job.name, handler]));
  const client = new pg.Client(ctx.databaseUrl);
  await client.connect();
  const results: JobResult[] = [];
  try {
    for (;;) {
      const row = await takeJob(client, [...handlers.keys()], ctx.now());
      const handler = row && handlers.get(row.name);
      if (!row || !handler) return results;
      const result: JobResult = { name: row.name, payload: row.payload };
      results.push(result);
      try {
        await perform(handler, row, ctx);
        await client.query('select graphile_worker.force_unlock_workers(array[$1])', ['test']);
        await client.query('select graphile_worker.complete_jobs(array[$1::bigint])', [row.id]);
      } catch (error) {
        result.error = error;
        await putBack(client, row, error, ctx.now());
        if (options.keepFailed !== true) throw error;
      }
    }
  } finally {
    await client.end();
  }
}

function perform(handler: JobHandler, row: Row, ctx: Surroundings): Promise<void> {
  return handler.perform(row.payload, {
    id: row.id,
    attempt: row.attempts,
    maxAttempts: row.max_attempts,
    now: ctx.now,
    log: ctx.log,
    signal: new AbortController().signal,
  });
}

// A job without a time of its own was due when it was enqueued, whatever the test's clock says.
async function takeJob(client: pg.Client, names: string[], now: Date): Promise<Row | undefined> {
  const { rows } = await client.query<Row>(
    `update graphile_worker._private_jobs as job
        set attempts = attempts + 1, locked_by = 'test', locked_at = now()
       from graphile_worker._private_tasks as task
      where task.id = job.task_id and job.id = (
        select jobs.id from graphile_worker._private_jobs as jobs
          join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
         where jobs.is_available and tasks.identifier = any($1)
           and (jobs.run_at <= $2 or (jobs.run_at <= jobs.created_at and jobs.attempts = 0))
         order by jobs.priority, jobs.run_at, jobs.id limit 1)
      returning job.id, task.identifier as name, job.payload, job.attempts, job.max_attempts`,
    [names, now],
  );
  return rows[0];
}

async function putBack(client: pg.Client, row: Row, error: unknown, now: Date): Promise<void> {
  const seconds = Math.exp(Math.min(row.attempts, 10));
  await client.query(
    `update graphile_worker._private_jobs
        set locked_by = null, locked_at = null, last_error = $2, run_at = $3 where id = $1`,
    [row.id, String(error), new Date(now.getTime() + seconds * 1000)],
  );
}
