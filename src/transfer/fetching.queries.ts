import type { Db } from '#src/platform/db.js';
import { enqueue } from '#src/jobs/index.js';
import { fetchPicture } from './fetch-picture.job.js';

const BATCH = 1000;

/**
 * Puts a job into the queue for every picture that this import waits for, except those at hand.
 * Pictures that an earlier import brought get one too where new posts cite them.
 */
export async function enqueueFetches(
  tx: Db,
  importId: number,
  isAtHand: (url: string) => boolean,
): Promise<{ waiting: number; here: number }> {
  const found = { waiting: 0, here: 0 };
  for (let after = 0; ;) {
    const rows = await tx.mediaFetch.findMany({
      where: { importId, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, url: true, mediaId: true },
    });
    for (const row of rows) {
      if (row.mediaId === null) found.waiting += 1;
      else found.here += 1;
      if (!isAtHand(row.url))
        await enqueue(
          tx,
          fetchPicture,
          { id: row.id },
          { jobKey: `transfer.fetch-picture:${String(row.id)}` },
        );
    }
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < BATCH) return found;
  }
}
