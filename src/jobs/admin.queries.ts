import { Prisma, type Db } from '#src/platform/db.js';
import type { JobState } from './schema.js';

/** A job as the admin sees it. */
export type QueuedJob = {
  /** A number too large for JavaScript, as text. */
  id: string;
  name: string;
  state: JobState;
  payload: unknown;
  runAt: Date;
  attempts: number;
  maxAttempts: number;
  lastError: string | null;
  /** The worker that is doing it. */
  worker: string | null;
};

/** A process that does jobs. */
export type ListedWorker = {
  name: string;
  host: string;
  pid: number;
  startedAt: Date;
  seenAt: Date;
};

const state = Prisma.sql`case when locked_at is not null then 'running'
  when attempts >= max_attempts then 'failed' else 'waiting' end`;

/** Jobs of one state or of all, the newest first, at most `limit` with an id below `before`. */
export async function listJobs(
  db: Db,
  filter: { state?: JobState; before?: string; limit: number },
): Promise<QueuedJob[]> {
  const before = filter.before ?? null;
  const wanted = filter.state ?? null;
  return db.$queryRaw<QueuedJob[]>`
    select jobs.id::text as id, task.identifier as name, ${state} as state, jobs.payload,
           jobs.run_at as "runAt", jobs.attempts::int as attempts,
           jobs.max_attempts::int as "maxAttempts", jobs.last_error as "lastError",
           jobs.locked_by as worker
      from graphile_worker._private_jobs as jobs
      join graphile_worker._private_tasks as task on task.id = jobs.task_id
     where (${before}::bigint is null or jobs.id < ${before}::bigint)
       and (${wanted}::text is null or ${state} = ${wanted}::text)
     order by jobs.id desc limit ${filter.limit}`;
}

/** How many jobs are in each state. */
export async function countJobs(db: Db): Promise<Record<JobState, number>> {
  const rows = await db.$queryRaw<{ state: JobState; count: number }[]>`
    select ${state} as state, count(*)::int as count
      from graphile_worker._private_jobs as jobs group by 1`;
  const counts: Record<JobState, number> = { waiting: 0, running: 0, failed: 0 };
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}

/** Everybody who does jobs. */
export function listWorkers(db: Db): Promise<ListedWorker[]> {
  return db.worker.findMany({
    select: { name: true, host: true, pid: true, startedAt: true, seenAt: true },
    orderBy: [{ startedAt: 'asc' }, { name: 'asc' }],
  });
}

/** Has a job that is not running tried at once, with all its attempts; false when there is none. */
export async function retryJob(db: Db, id: string, now: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select id::text from graphile_worker.reschedule_jobs(
      array[${id}::bigint], run_at := ${now}::timestamptz, attempts := 0)`;
  return rows.length > 0;
}

/** Deletes a job that has failed for good; false when there is none. */
export async function deleteFailedJob(db: Db, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select done.id::text from graphile_worker.complete_jobs(array(
      select jobs.id from graphile_worker._private_jobs as jobs
       where jobs.id = ${id}::bigint and ${state} = 'failed')) as done`;
  return rows.length > 0;
}
