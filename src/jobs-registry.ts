import type { Context } from './context.js';
import { blogJobs, enqueueRerenderOfMedia } from '#src/blog/index.js';
import type { JobHandler } from '#src/jobs/index.js';
import { mediaJobs } from '#src/media/index.js';
import { opsJobs } from '#src/ops/index.js';
import { transferJobs } from '#src/transfer/index.js';

/** The code behind every kind of job, module by module: what a worker of this site can do. */
export function jobHandlers(ctx: Context): JobHandler[] {
  return [
    ...mediaJobs({
      db: ctx.db,
      storage: ctx.storage,
      onReady: (tx, mediaId) => enqueueRerenderOfMedia(tx, [mediaId]),
    }),
    ...blogJobs(ctx),
    ...opsJobs(ctx),
    ...transferJobs(ctx),
  ];
}
