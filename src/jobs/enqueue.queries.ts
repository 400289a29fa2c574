import type { z } from 'zod';
import type { Db } from '#src/platform/db.js';
import type { Job } from './definition.js';

/** When and how a job is to run. */
export type EnqueueOptions = {
  /** Not before this instant; at once when it is missing. */
  runAt?: Date;
  /** A job with the same key that has not begun is replaced by this one. */
  jobKey?: string;
  /** With a key: leave the waiting job's time as it is, so that a stream of changes cannot starve it. */
  keepRunAt?: boolean;
};

/** Puts a job into the queue; the shape in which modules declare that they need this. */
export type Enqueue = typeof enqueue;

/**
 * Puts a job into the queue inside the caller's transaction: it becomes visible to workers at
 * commit, and a rollback leaves no trace of it.
 */
export async function enqueue<Schema extends z.ZodType>(
  db: Db,
  job: Job<Schema>,
  payload: z.input<Schema>,
  options: EnqueueOptions = {},
): Promise<void> {
  await db.$executeRaw`
    select graphile_worker.add_job(
      ${job.name}::text,
      payload := ${JSON.stringify(payload)}::json,
      queue_name := ${job.queue}::text,
      run_at := ${options.runAt ?? null}::timestamptz,
      max_attempts := ${job.maxAttempts}::int,
      job_key := ${options.jobKey ?? null}::text,
      priority := ${job.priority}::int,
      job_key_mode := ${options.keepRunAt === true ? 'preserve_run_at' : 'replace'}::text
    )`;
}

/** Takes a job that has not begun out of the queue again, by its key. */
export async function dequeue(db: Db, jobKey: string): Promise<void> {
  await db.$executeRaw`select graphile_worker.remove_job(${jobKey}::text)`;
}
