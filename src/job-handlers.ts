import type { Context } from './context.js';
import type { JobHandler } from '#src/jobs/index.js';

/** The code behind every kind of job, module by module: what a worker of this site can do. */
export function jobHandlers(_ctx: Context): JobHandler[] {
  return [];
}
