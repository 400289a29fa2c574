import { recordAudit } from '#src/platform/audit/index.js';
import type { Now } from '#src/platform/clock.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { ConflictError, NotFoundError } from '#src/platform/errors.js';
import { cleanPicture, type CleanPicture } from './cleaning.js';
import { shownFilename } from './filenames.js';
import { makeVariantsLater, removeFilesLater } from './jobs.js';
import { mimeOf, originalKey, publicKey, sha256 } from './keys.js';
import {
  deleteMediaRow,
  findMedia,
  findMediaByUpload,
  findMediaUses,
  insertMedia,
  keepFiles,
  lockMedia,
  restartMedia,
  updateMediaWords,
  type Media,
  type MediaUses,
} from './queries.js';
import { MAX_ALT, MAX_CAPTION } from './schema.js';
import type { Storage } from './storage.js';

/** What storing pictures takes. */
export interface StoreDeps {
  db: Database;
  storage: Storage;
  now: Now;
}

/** A picture as it came in. */
export interface ImageInput {
  bytes: Buffer;
  /** As the sender called it; only shown, never trusted. */
  filename: string;
  alt?: string;
  caption?: string;
  /** Null: nobody's (an import). */
  uploaderId: number | null;
  /** Where it was fetched from. */
  sourceUrl?: string | null;
}

/** The row that holds the picture, and whether this call made it. */
export interface StoredImage {
  media: Media;
  created: boolean;
}

/**
 * Takes a picture into the library: cleaned, under the hash of its content, the bytes as uploaded kept
 * privately, its smaller copies left to the queue. The same bytes again, however many at once, give
 * the same row, unchanged; a row whose files were lost gets them back.
 * @throws {RefusedPictureError} for what is not a picture that can be shown.
 */
export async function storeImage(deps: StoreDeps, input: ImageInput): Promise<StoredImage> {
  const uploadSha256 = sha256(input.bytes);
  const known = await findMediaByUpload(deps.db, uploadSha256);
  if (known && (await isWhole(deps.storage, known))) return { media: known, created: false };
  const clean = await cleanPicture(input.bytes, input.filename);
  // Files first: whatever fails afterwards leaves a file without a row, never a row without a file.
  const created = await inTransaction(deps.db, async (tx) => {
    await keepFiles(tx);
    const files = await putFiles(deps.storage, uploadSha256, input.bytes, clean);
    if (known) {
      await restartMedia(tx, known.id, files);
      await makeVariantsLater(tx, known.id);
      return false;
    }
    const id = await insertMedia(tx, { ...wordsOf(input), ...files, uploadSha256 }, deps.now());
    if (id !== null) await makeVariantsLater(tx, id);
    return id !== null;
  });
  const media = await findMediaByUpload(deps.db, uploadSha256);
  if (!media) throw new ConflictError('This picture was deleted while it was being uploaded.');
  return { media, created };
}

async function putFiles(storage: Storage, uploadSha256: string, bytes: Buffer, clean: CleanPicture) {
  const mime = mimeOf(clean.format);
  const files = {
    key: publicKey(clean.content, clean.format),
    originalKey: originalKey(uploadSha256),
    mime,
    width: clean.width,
    height: clean.height,
    bytes: clean.content.length,
    color: clean.color,
  };
  await Promise.all([
    storage.put(files.originalKey, bytes, {
      contentType: 'application/octet-stream',
      private: true,
    }),
    storage.put(files.key, clean.content, { contentType: mime }),
  ]);
  return files;
}

function wordsOf(input: ImageInput) {
  return {
    filename: shownFilename(input.filename),
    alt: storable(input.alt, MAX_ALT),
    caption: storable(input.caption, MAX_CAPTION),
    sourceUrl: input.sourceUrl ?? null,
    uploaderId: input.uploaderId,
  };
}

/** Words from an import may hold what PostgreSQL cannot store; those from forms were read before. */
function storable(words: string | undefined, longest: number): string {
  const clean = (words ?? '').replace(/\0|\p{Surrogate}/gu, '').trim();
  return clean.slice(0, longest).replace(/\p{Surrogate}/gu, '');
}

async function isWhole(storage: Storage, media: Media): Promise<boolean> {
  if (media.state === 'failed') return false;
  return (await storage.exists(media.key)) && (await storage.exists(media.originalKey));
}

/**
 * Writes alt text and caption; whoever shows the picture renders it again.
 * @throws {NotFoundError} when it is gone.
 */
export async function describeMedia(
  deps: { db: Database; onReady: (tx: Db, mediaId: number) => Promise<void> },
  id: number,
  words: { alt: string; caption: string },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await updateMediaWords(tx, id, words))) throw new NotFoundError();
    await deps.onReady(tx, id);
  });
}

/** The picture is still shown somewhere, so it stays. */
export class MediaInUseError extends ConflictError {}

/** How many places show a picture. */
function countUses({ texts, covers, avatars }: MediaUses): number {
  return texts.length + covers.length + avatars.length;
}

/**
 * Deletes a picture that nothing shows, its files with it; without `by` nobody stands behind it.
 * @throws {MediaInUseError} when something does. @throws {NotFoundError} when it is gone.
 */
export async function deleteMedia(
  deps: { db: Database },
  id: number,
  by: { actorId?: number; address?: string | null } = {},
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await lockMedia(tx, id);
    const media = await findMedia(tx, id);
    if (!media) throw new NotFoundError();
    if (countUses(await findMediaUses(tx, id)) > 0) {
      throw new MediaInUseError('This picture is still in use, so it cannot be deleted.');
    }
    await deleteMediaRow(tx, id);
    const target = { targetType: 'media', targetId: id, data: { key: media.key } };
    await recordAudit(tx, { ...by, ...target, action: 'media.delete' });
    const variants = media.variants.map((variant) => variant.key);
    await removeFilesLater(tx, [media.key, media.originalKey, ...variants]);
  });
}
