import { enqueue } from '#src/jobs/index.js';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { fetchPicture } from './fetch-picture.job.js';
import { forgiveFailed, listTouched } from './pictures.queries.js';

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

/** Has an import's pictures that could not be had fetched once more. Returns how many there are. */
export function retryPictures(
  db: Database,
  importId: number,
  actor: { actorId: number; address: string | null },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const pictures = await forgiveFailed(tx, importId);
    if (pictures === 0) return 0;
    await enqueueFetches(tx, () => false);
    await recordAudit(tx, {
      ...actor,
      action: 'import.pictures',
      targetType: 'import',
      targetId: importId,
      data: { pictures },
    });
    return pictures;
  });
}
