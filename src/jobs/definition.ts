import type { z } from 'zod';
import type { Now } from '#src/platform/clock.js';

/** A kind of job: what it is called and what it carries. Defined once, by the module that owns it. */
export type Job<Schema extends z.ZodType = z.ZodType> = {
  /** `module.what-it-does`; it stays the same for as long as such jobs may be queued. */
  readonly name: string;
  /** What a job carries: ids above all, since the rows may change before it runs. */
  readonly schema: Schema;
  /** How often it is tried before it counts as failed for good; the wait grows from 3 s to 6 h. */
  readonly maxAttempts: number;
  /** Smaller numbers run first. */
  readonly priority: number;
  /** Jobs of one queue run one after the other; null lets them run side by side. */
  readonly queue: string | null;
};

/** What a handler is told about the run. */
export type JobRun = {
  id: string;
  /** 1 at the first try. */
  attempt: number;
  maxAttempts: number;
  now: Now;
  log: JobLog;
  /** Aborts when the process has to end before the job has. */
  signal: AbortSignal;
};

/** The part of a logger that jobs use. */
export type JobLog = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** A job together with the code that does it, and perhaps the minutes at which it recurs. */
export type JobHandler = {
  readonly job: Job;
  /** Does one job with its payload as stored; throws when it is not to count as done. */
  perform(payload: unknown, run: JobRun): Promise<void>;
  /** Five fields of cron(5), in UTC; undefined for jobs that are only enqueued. */
  readonly cron?: string;
};

const defaultAttempts = 10;

/** Defines a kind of job. */
export function defineJob<Schema extends z.ZodType>(definition: {
  name: string;
  schema: Schema;
  maxAttempts?: number;
  priority?: number;
  queue?: string;
}): Job<Schema> {
  return {
    name: definition.name,
    schema: definition.schema,
    maxAttempts: definition.maxAttempts ?? defaultAttempts,
    priority: definition.priority ?? 0,
    queue: definition.queue ?? null,
  };
}

/**
 * Ties a job to its code. `handle` must bear being called twice for the same job: a worker may die
 * after the work and before the note that it is done. `options.cron` makes the job recur, with an
 * empty payload, at most once at a time.
 */
export function handleJob<Schema extends z.ZodType>(
  job: Job<Schema>,
  handle: (payload: z.output<Schema>, run: JobRun) => Promise<void>,
  options: { cron?: string } = {},
): JobHandler {
  return {
    job,
    perform: async (payload, run) => handle(await job.schema.parseAsync(payload), run),
    cron: options.cron,
  };
}
