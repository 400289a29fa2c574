import { handleJob, type JobHandler } from '#src/jobs/index.js';
import { fetchPicture } from './fetch-picture.job.js';
import { fetchAwaited } from './pictures.service.js';
import { runImport } from './run-import.job.js';
import { performRun, type RunDeps } from './runs.service.js';

/** The jobs of this module. */
export function transferJobs(deps: RunDeps): JobHandler[] {
  return [
    handleJob(runImport, ({ runId }, run) => performRun(deps, runId, run)),
    handleJob(fetchPicture, ({ id }, run) => fetchAwaited(deps, id, run)),
  ];
}
