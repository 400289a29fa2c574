import type { Database } from '#src/platform/db.js';

/** The jobs that wait, oldest first. */
export function queuedJobs(db: Database): Promise<{ name: string; payload: unknown }[]> {
  return db.$queryRaw`
    SELECT task.identifier AS name, job.payload
    FROM graphile_worker._private_jobs job
    JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    ORDER BY job.id`;
}
