import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import {
  Logger as QueueLogger,
  parseCronItems,
  run,
  type Runner,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import pg from 'pg';
import type { Now } from '#src/platform/clock.js';
import type { JobHandler, JobLog } from './definition.js';
import { registerWorker, type Registration } from './registration.queries.js';

/** A running worker. */
export type Worker = {
  /** Host, process and a random part: the name under which it holds jobs. */
  name: string;
  /**
   * Takes no more jobs and waits for those that run, up to `deadline` milliseconds; what is not
   * done by then is handed back to the queue as if it had not been tried.
   */
  stop(deadline?: number): Promise<void>;
  /** Resolves when the worker has ended by itself, which it does when the queue cannot go on. */
  ended: Promise<void>;
};

type Options = {
  databaseUrl: string;
  handlers: JobHandler[];
  log: JobLog;
  now: Now;
  /** How many jobs run side by side. */
  concurrency?: number;
  /** Milliseconds between two looks for dead workers. */
  sweepInterval?: number;
  /** Milliseconds between two looks for jobs whose time has come. */
  pollInterval?: number;
};

const defaults = { concurrency: 2, sweepInterval: 15_000, pollInterval: 2_000 };
const stopDeadline = 10_000;

/**
 * Starts a worker on the queue of this database. It does the jobs that have a handler, leaves all
 * others alone, adds the recurring ones, and takes over from workers that have died.
 */
export async function startWorker(options: Options): Promise<Worker> {
  const name = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const { log } = options;
  const registration = await registerWorker({
    databaseUrl: options.databaseUrl,
    name,
    now: options.now,
    onError: ({ message }) =>
      log.warn({ reason: message }, 'The worker lost its database connection.'),
  });
  const sweeping = startSweeping(registration, options);
  await sweeping.first;
  const pool = createPool(name, options);
  const runner = await startRunner(name, pool, options);
  // Whoever wants to know waits for `ended`; for others a failing queue is in the log.
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'The job queue has ended.'));
  log.info({ worker: name }, 'The job worker has started.');
  let stopping: Promise<void> | undefined;
  return {
    name,
    ended: runner.promise,
    stop: (deadline = stopDeadline) => {
      stopping ??= (async () => {
        await sweeping.stop();
        await stopRunner({ runner, pool, registration, deadline, log });
        await registration.end();
        log.info({ worker: name }, 'The job worker has stopped.');
      })();
      return stopping;
    },
  };
}

// A connection that breaks while it is being closed would otherwise end the process.
function createPool(name: string, options: Options): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: `billet jobs ${name}`,
    max: (options.concurrency ?? defaults.concurrency) + 2,
  });
  const note = ({ message }: Error): void =>
    options.log.debug({ reason: message }, 'A connection of the job queue broke.');
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}

function startRunner(name: string, pool: pg.Pool, options: Options): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  // The queue marks the jobs it takes with the pool's id: ours, so that others can tell whose they are.
  events.on('pool:create', ({ workerPool }) => (workerPool.id = name));
  events.on('job:failed', ({ job, error }) =>
    options.log.error(
      { err: error, job: job.task_identifier, jobId: job.id },
      'A job has failed for good.',
    ),
  );
  events.on('job:error', ({ job, error }) => {
    if (job.attempts >= job.max_attempts) return;
    options.log.warn(
      { err: error, job: job.task_identifier, jobId: job.id, attempt: job.attempts },
      'A job failed and will be tried again.',
    );
  });
  return run({
    pgPool: pool,
    concurrency: options.concurrency ?? defaults.concurrency,
    pollInterval: options.pollInterval ?? defaults.pollInterval,
    noHandleSignals: true,
    useNodeTime: true,
    gracefulShutdownAbortTimeout: 1_000,
    logger: queueLogger(options.log),
    events,
    taskList: taskList(options),
    parsedCronItems: cronItems(options.handlers),
  });
}

function taskList({ handlers, now, log }: Options): TaskList {
  return Object.fromEntries(
    handlers.map((handler): [string, Task] => [
      handler.job.name,
      (payload, { job, abortSignal }) =>
        handler.perform(payload, {
          id: job.id,
          attempt: job.attempts,
          maxAttempts: job.max_attempts,
          now,
          log,
          signal: abortSignal,
        }),
    ]),
  );
}

function cronItems(handlers: JobHandler[]): ReturnType<typeof parseCronItems> {
  return parseCronItems(
    handlers.flatMap(({ job, cron }) =>
      cron === undefined
        ? []
        : [
            {
              task: job.name,
              match: cron,
              identifier: job.name,
              options: {
                maxAttempts: job.maxAttempts,
                priority: job.priority,
                jobKey: job.name,
                ...(job.queue === null ? {} : { queueName: job.queue }),
              },
            },
          ],
    ),
  );
}

// The queue's own remarks are for debugging: what matters about jobs is logged from its events.
function queueLogger(log: JobLog): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    const failedJob = meta !== undefined && 'failure' in meta;
    if (level === 'error' && !failedJob) log.error({ queue: true }, message);
    else if (level === 'warning') log.warn({ queue: true }, message);
    else log.debug({ queue: true }, message);
  });
}

function startSweeping(
  registration: Registration,
  options: Options,
): { first: Promise<void>; stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = look();
  async function look(): Promise<void> {
    try {
      for (const name of await registration.sweep()) {
        options.log.warn({ worker: name }, 'A worker has died; its jobs were handed on.');
      }
    } catch (error) {
      options.log.warn({ err: error }, 'Looking for dead workers failed.');
    }
    if (stopped) return;
    timer = setTimeout(() => (running = look()), options.sweepInterval ?? defaults.sweepInterval);
  }
  return {
    first: running,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function stopRunner(parts: {
  runner: Runner;
  pool: pg.Pool;
  registration: Registration;
  deadline: number;
  log: JobLog;
}): Promise<void> {
  // When the queue has ended by itself, stopping it again is an error without meaning.
  const stopped = parts.runner
    .stop()
    .catch(() => undefined)
    .then(() => parts.pool.end());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), parts.deadline);
  });
  if ((await Promise.race([stopped, late])) === 'late') {
    const count = await parts.registration.handBack();
    parts.log.warn({ count }, 'Jobs were not done in time and went back to the queue.');
  }
  clearTimeout(timer);
}
