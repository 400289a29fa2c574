export {
  defineJob,
  handleJob,
  type Job,
  type JobHandler,
  type JobLog,
  type JobRun,
} from './definition.js';
export { dequeue, enqueue, type Enqueue, type EnqueueOptions } from './enqueue.queries.js';
export { startWorker, type Worker } from './worker.js';
export { jobAdminRoutes, type JobAdminDeps } from './admin.routes.js';
