import { dequeue } from '#src/jobs/index.js';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import type { Viewer } from '#src/users/index.js';
import {
  changeStatus,
  changeTrash,
  deletePost,
  lockBatch,
  type BatchRow,
} from './batch.queries.js';
import { enqueuePublication, publicationKey } from './jobs.js';
import { canEditPost } from './policy.js';
import { insertRevision, notifyPostChanged } from './saving.queries.js';

/** What can be done with posts from a list. */
export type BatchAction = 'publish' | 'unpublish' | 'trash' | 'restore' | 'delete';

/** Which posts changed, how many needed no change, and how many are not this person's to change. */
export interface BatchOutcome {
  done: number[];
  same: number;
  refused: number;
}

/**
 * Publishes, withdraws, trashes, brings back or deletes posts, in one transaction. What is not this
 * person's is left alone and counted; only what lies in the trash is deleted.
 */
export async function changePosts(
  deps: { db: Database; now: () => Date },
  viewer: Viewer,
  batch: { kind: 'post' | 'page'; ids: readonly number[]; action: BatchAction },
): Promise<BatchOutcome> {
  return inTransaction(deps.db, async (tx) => {
    const rows = await lockBatch(tx, batch.kind, batch.ids);
    const outcome: BatchOutcome = { done: [], same: 0, refused: 0 };
    for (const row of rows) {
      if (!canEditPost(viewer, row)) outcome.refused += 1;
      else if (await change(tx, row, batch.action, viewer, deps.now())) outcome.done.push(row.id);
      else outcome.same += 1;
    }
    return outcome;
  });
}

async function change(
  tx: Db,
  row: BatchRow,
  action: BatchAction,
  viewer: Viewer,
  now: Date,
): Promise<boolean> {
  if (!(await steps[action](tx, row, { viewer, now }))) return false;
  await recordAudit(tx, {
    actorId: viewer.id,
    action: `post.${action}`,
    targetType: row.kind,
    targetId: row.id,
    data: { from: row.status },
  });
  await notifyPostChanged(tx, row.id);
  return true;
}

type Step = (tx: Db, row: BatchRow, by: { viewer: Viewer; now: Date }) => Promise<boolean>;

/** Each says whether there was something to do. */
const steps: Record<BatchAction, Step> = {
  async publish(tx, row, { viewer, now }) {
    if (row.status === 'published' || row.status === 'trashed') return false;
    const publishedAt = row.publishedAt !== null && row.publishedAt <= now ? row.publishedAt : now;
    await changeStatus(tx, row.id, { status: 'published', publishedAt, updatedAt: now });
    await insertRevision(tx, row.id, { authorId: viewer.id, at: now });
    await dequeue(tx, publicationKey(row.id));
    return true;
  },
  async unpublish(tx, row, { viewer, now }) {
    if (row.status === 'draft' || row.status === 'trashed') return false;
    const { publishedAt } = row;
    await changeStatus(tx, row.id, { status: 'draft', publishedAt, updatedAt: now });
    await insertRevision(tx, row.id, { authorId: viewer.id, at: now });
    await dequeue(tx, publicationKey(row.id));
    return true;
  },
  async trash(tx, row, { now }) {
    if (row.status === 'trashed') return false;
    await changeTrash(tx, row.id, { status: 'trashed', trashedFrom: row.status, trashedAt: now });
    return true;
  },
  async restore(tx, row) {
    if (row.status !== 'trashed') return false;
    const status = row.trashedFrom ?? 'draft';
    await changeTrash(tx, row.id, { status, trashedFrom: null, trashedAt: null });
    if (status === 'scheduled' && row.publishedAt) {
      await enqueuePublication(tx, { id: row.id, publishedAt: row.publishedAt });
    }
    return true;
  },
  async delete(tx, row) {
    if (row.status !== 'trashed') return false;
    await deletePost(tx, row.id);
    return true;
  },
};
