import { z } from 'zod';
import { defineJob } from '#src/jobs/index.js';

/** Fetches one picture that posts of an import wait for. */
export const fetchPicture = defineJob({
  name: 'transfer.fetch-picture',
  schema: z.object({ id: z.number().int().positive() }),
  maxAttempts: 4,
  priority: 8,
});
