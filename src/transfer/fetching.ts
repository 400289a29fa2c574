import { enqueue } from '#src/jobs/index.js';
import type { Db } from '#src/platform/db.js';
import { fetchPicture } from './fetch-picture.job.js';
import { listTouched } from './pictures.queries.js';

const BATCH = 1000;

/** Puts a job into the queue for every picture that this transaction noted, except those at hand. */
export async function enqueueFetches(tx: Db, isAtHand: (url: string) => boolean): Promise<void> {
  for (let after = 0; ;) {
    const rows = await listTouched(tx, after, BATCH);
    for (const { id, url } of rows) {
      if (isAtHand(url)) continue;
      await enqueue(tx, fetchPicture, { id }, { jobKey: `transfer.fetch-picture:${String(id)}` });
    }
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < BATCH) return;
  }
}
