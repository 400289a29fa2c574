import { z } from 'zod';
import { defineJob } from '#src/jobs/index.js';

/** Does one import that an admin started. One after the other. */
export const runImport = defineJob({
  name: 'transfer.import',
  schema: z.object({ runId: z.number().int().positive() }),
  maxAttempts: 5,
  queue: 'transfer.import',
});
