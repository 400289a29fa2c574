import { z } from 'zod';
import { defineJob, enqueue, handleJob, type JobHandler, type JobRun } from '#src/jobs/index.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { sha256 } from './keys.js';
import {
  failMedia,
  findMedia,
  finishMedia,
  keepFiles,
  keysInUse,
  lockFiles,
  type Media,
} from './queries.js';
import { MissingFileError, type Storage } from './storage.js';
import { makeVariants, type MadeVariant } from './variants.js';

/** Makes the smaller copies of one picture. */
const variantsJob = defineJob({
  name: 'media.variants',
  schema: z.object({ mediaId: z.int().positive() }),
  maxAttempts: 5,
  priority: 5,
});

/** Removes files that no picture uses any more. */
const removalJob = defineJob({
  name: 'media.removal',
  schema: z.object({ keys: z.array(z.string().max(200)).max(100) }),
});

/** Has the smaller copies of a picture made, once the transaction commits. */
export function makeVariantsLater(tx: Db, mediaId: number): Promise<void> {
  return enqueue(tx, variantsJob, { mediaId }, { jobKey: `media.variants:${mediaId}` });
}

/** Has files removed, once the transaction commits, unless a picture uses them by then. */
export function removeFilesLater(tx: Db, keys: string[]): Promise<void> {
  return enqueue(tx, removalJob, { keys });
}

/** What the jobs of this module need. */
export interface MediaJobDeps {
  db: Database;
  storage: Storage;
  /**
   * Called in the transaction in which a picture's addresses or words change: whoever shows it
   * renders it again.
   */
  onReady: (tx: Db, mediaId: number) => Promise<void>;
}

/** The jobs of this module. */
export function mediaJobs(deps: MediaJobDeps): JobHandler[] {
  return [
    handleJob(variantsJob, ({ mediaId }, run) => storeVariants(deps, mediaId, run)),
    handleJob(removalJob, ({ keys }) => removeUnused(deps, keys)),
  ];
}

async function storeVariants(deps: MediaJobDeps, mediaId: number, run: JobRun): Promise<void> {
  const media = await findMedia(deps.db, mediaId);
  if (!media) return;
  const original = await readOriginal(deps.storage, media);
  const made = original && (await variantsOf(original, media, run));
  if (!made) {
    await failMedia(deps.db, mediaId, original ? UNREADABLE : LOST);
    return;
  }
  await inTransaction(deps.db, async (tx) => {
    await keepFiles(tx);
    for (const { row, content } of made) {
      await deps.storage.put(row.key, content, { contentType: row.mime });
    }
    const rows = made.map(({ row }) => row);
    if (await finishMedia(tx, mediaId, rows)) await deps.onReady(tx, mediaId);
  });
}

const LOST = 'The file as it was uploaded is gone or changed. Upload it again.';
const UNREADABLE = 'The file as it was uploaded cannot be read any more. Upload it again.';

async function readOriginal(storage: Storage, media: Media): Promise<Buffer | null> {
  try {
    const original = await storage.get(media.originalKey);
    return sha256(original) === media.uploadSha256 ? original : null;
  } catch (error) {
    if (error instanceof MissingFileError) return null;
    throw error;
  }
}

// These very bytes could be read when they came, so what fails here may well pass: disk, memory,
// a process that ends. Only the last try puts the blame on the picture.
async function variantsOf(
  original: Buffer,
  media: Media,
  run: JobRun,
): Promise<MadeVariant[] | null> {
  try {
    return await makeVariants(original, media, run.signal);
  } catch (error) {
    if (run.signal.aborted || run.attempt < run.maxAttempts) throw error;
    run.log.error({ err: error, mediaId: media.id }, 'the copies of a picture cannot be made');
    return null;
  }
}

async function removeUnused(deps: MediaJobDeps, keys: string[]): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await lockFiles(tx);
    const used = await keysInUse(tx, keys);
    for (const key of keys) if (!used.has(key)) await deps.storage.remove(key);
  });
}
