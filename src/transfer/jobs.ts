import { handleJob, type JobHandler } from '#src/jobs/index.js';
import { fetchPicture } from './fetch-picture.job.js';
import { fetchAwaited, type PictureDeps } from './pictures.service.js';

/** The jobs of this module. */
export function transferJobs(deps: PictureDeps): JobHandler[] {
  return [handleJob(fetchPicture, ({ id }, run) => fetchAwaited(deps, id, run))];
}
