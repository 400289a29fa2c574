import { z } from 'zod';

const states = ['failed', 'waiting', 'running'] as const;

/** What may be said of a job: it waits (for its time or its next try), runs, or failed for good. */
export type JobState = (typeof states)[number];

/** The states in the order in which the admin shows them. */
export const jobStates: readonly JobState[] = states;

/** The id of a job: PostgreSQL's bigint. */
export const jobId = z.string().regex(/^[1-9]\d{0,17}$/);

/** `?state=` and `?before=` of the list; what makes no sense counts as not said. */
export const jobQuery = z.object({
  state: z.enum(states).optional().catch(undefined),
  before: jobId.optional().catch(undefined),
});
