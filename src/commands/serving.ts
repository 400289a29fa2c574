import type { Config } from '#src/config/config.js';
import { createApp } from '#src/app.js';
import type { Context } from '#src/context.js';
import { startWorker, type Worker } from '#src/jobs/index.js';
import { jobHandlers } from '#src/jobs-registry.js';
import { checkAddress, listen } from '#src/platform/http-server.js';
import { createLogger } from '#src/platform/logger.js';
import { warnOfFewConnections } from '#src/ops/index.js';
import { createSetupLink, ensureFirstAdmin } from '#src/users/index.js';
import { openSite, readConfig } from './open-site.js';
import { spellingOut } from './spelling-out.js';
import { openedUnlessEnded, untilEnd, type Ending } from './signals.js';

// What runs when the process is asked to end may take this long, in milliseconds. Supervisors
// usually kill after 10 s (Docker) to 90 s (systemd).
const drainDeadline = 8_000;

/**
 * Runs the site until it is asked to end; answers the exit status. `worker: false` leaves jobs to
 * another process.
 */
export async function serve(options: { worker: boolean }): Promise<number> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  await checkAddress(config.host, config.port);
  const ended = untilEnd(log);
  const opening = openSite(config, log, { keepRunning: true });
  const site = await openedUnlessEnded(opening, ended, drainDeadline);
  if (site === null) return (await ended).status;
  try {
    await warnOfFewConnections(site.ctx);
    const setupLink = await firstAdmin(site.ctx);
    const worker = options.worker ? await startJobs(site.ctx) : null;
    const server = await listen({ ...config, handler: createApp(site.ctx) }).catch(
      async (error: unknown) => {
        await worker?.stop();
        throw error;
      },
    );
    announce(config, setupLink);
    const ending = await Promise.race([ended, ...(worker ? [endOfWorker(worker)] : [])]);
    log.info({ reason: ending.reason }, 'Ending: no new requests, finishing what runs.');
    site.ctx.draining = true;
    const [{ cut }] = await Promise.all([server.drain(drainDeadline), worker?.stop(drainDeadline)]);
    if (cut) log.warn('Requests that did not end in time were cut.');
    return ending.status;
  } finally {
    await site.close();
  }
}

/** Runs the job worker alone until it is asked to end; answers the exit status. */
export async function work(): Promise<number> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  const ended = untilEnd(log);
  const opening = openSite(config, log, { keepRunning: true });
  const site = await openedUnlessEnded(opening, ended, drainDeadline);
  if (site === null) return (await ended).status;
  try {
    await warnOfFewConnections(site.ctx);
    const worker = await startJobs(site.ctx);
    process.stdout.write(`Job worker ${worker.name} runs.\n`);
    const ending = await Promise.race([ended, endOfWorker(worker)]);
    await worker.stop(drainDeadline);
    return ending.status;
  } finally {
    await site.close();
  }
}

function startJobs(ctx: Context): Promise<Worker> {
  const { databaseUrl, log, now } = ctx;
  return startWorker({ databaseUrl, log, now, handlers: jobHandlers(ctx) });
}

function endOfWorker(worker: Worker): Promise<Ending> {
  const ending = { reason: 'the job queue has ended', status: 1 };
  return worker.ended.then(
    () => ending,
    () => ending,
  );
}

// The link is replaced at every start, so that the one on the screen is the one that works.
async function firstAdmin(ctx: Context): Promise<string | null> {
  const { firstAdmin: input } = ctx.config;
  if (input !== undefined) {
    const setting = (field: string) => `ADMIN_${field.toUpperCase()}`;
    const make = () => ensureFirstAdmin(ctx.db, input);
    const { created } = await spellingOut(ctx, make, setting);
    if (created) ctx.log.info('The first admin was made from ADMIN_*.');
  }
  return createSetupLink(ctx);
}

function announce(config: Config, setupLink: string | null): void {
  const lines = [`Billet runs at ${config.baseUrl} (${config.host}, port ${config.port}).`];
  if (setupLink !== null) lines.push(`Open this link to make the first admin: ${setupLink}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
