import { z } from 'zod';
import { defineJob, handleJob, type JobHandler } from '#src/jobs/index.js';
import type { Now } from '#src/platform/clock.js';
import type { Db } from '#src/platform/db.js';
import { removeExpiredRateLimits } from '#src/platform/security/index.js';
import { removeExpiredSessions } from '#src/platform/sessions/index.js';
import { deleteExpiredTokens } from './queries.js';

/** Expired links are kept for a week, in milliseconds, so that they can be told from unknown ones. */
const TOKEN_GRACE = 7 * 24 * 60 * 60 * 1000;

const housekeeping = defineJob({ name: 'ops.housekeeping', schema: z.object({}), priority: 20 });

/** Every hour: what has expired (sessions, rate limits, single-use links) is removed. */
export function opsJobs(deps: { db: Db; now: Now }): JobHandler[] {
  return [
    handleJob(
      housekeeping,
      async (_payload, run) => {
        const sessions = await removeExpiredSessions(deps);
        const rateLimits = await removeExpiredRateLimits(deps);
        const before = new Date(run.now().getTime() - TOKEN_GRACE);
        const tokens = await deleteExpiredTokens(deps.db, before);
        run.log.debug({ sessions, rateLimits, tokens }, 'expired rows removed');
      },
      { cron: '17 * * * *' },
    ),
  ];
}
