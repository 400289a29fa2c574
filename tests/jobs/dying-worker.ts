// A worker of its own process that takes a job and never ends it: the test kills it.
import { z } from 'zod';
import { defineJob, handleJob, startWorker } from '#src/jobs/index.js';
import { createLogger } from '#src/platform/logger.js';

const job = defineJob({ name: 'test.work', schema: z.object({}) });
const forever = handleJob(job, async () => {
  process.stdout.write('working\n');
  await new Promise(() => setInterval(() => undefined, 1_000));
});

await startWorker({
  databaseUrl: process.argv[2] ?? '',
  handlers: [forever],
  log: createLogger('silent'),
  now: () => new Date(),
  pollInterval: 50,
});
