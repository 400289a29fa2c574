import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import type { ListedWorker, QueuedJob } from './admin.queries.js';
import { jobStates, type JobState } from './schema.js';

/** The list of jobs. */
export interface JobListPage {
  jobs: QueuedJob[];
  counts: Record<JobState, number>;
  workers: ListedWorker[];
  state: JobState | undefined;
  /** Id below which there is more, or null. */
  older: string | null;
}

const LONGEST_PAYLOAD = 160;

function shortened(payload: unknown): string {
  const text = JSON.stringify(payload) ?? '';
  return text.length <= LONGEST_PAYLOAD ? text : `${[...text].slice(0, LONGEST_PAYLOAD).join('')}…`;
}

function hrefOf(query: Record<string, string | undefined>): string {
  const said = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return said.length === 0 ? '/admin/jobs' : `/admin/jobs?${new URLSearchParams(said)}`;
}

/** `/admin/jobs`. */
export function renderJobListPage(res: Response, page: JobListPage): void {
  const t = translatorOf(res);
  renderPage(res, 'jobs/list', {
    title: t('jobs.title'),
    layout: 'admin',
    jobs: page.jobs.map((job) => ({ ...job, payload: shortened(job.payload) })),
    workers: page.workers,
    tabs: [undefined, ...jobStates].map((state) => ({
      href: hrefOf({ state }),
      label: t(state === undefined ? 'jobs.all' : `jobs.states.${state}`),
      count: state === undefined ? null : page.counts[state],
      current: state === page.state,
    })),
    older: page.older === null ? null : hrefOf({ state: page.state, before: page.older }),
  });
}
