import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { renderForStorage, replaceMediaUses } from '#src/blog/index.js';
import type { JobRun } from '#src/jobs/index.js';
import { RefusedPictureError, storeImage, type Storage } from '#src/media/index.js';
import type { Now } from '#src/platform/clock.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import {
  GuardedFetchError,
  guardedFetch,
  type GuardedFetchOptions,
} from '#src/platform/guarded-fetch/index.js';
import type { ImportProgress } from './importing.types.js';
import type { MediaFolder } from './media-folder.js';
import {
  countPictures,
  findAwaited,
  giveUpAwaited,
  listWaiting,
  lockBody,
  setCover,
  settleAwaited,
  storeBody,
} from './pictures.queries.js';

/** Largest picture that is fetched, in bytes. */
const MAX_BYTES = 25 * 1024 * 1024;

/** What bringing pictures in takes. */
export interface PictureDeps {
  db: Database;
  storage: Storage;
  now: Now;
  config: { baseUrl: string };
  /** How addresses are reached; tests let their own server through. */
  reach?: Pick<GuardedFetchOptions, 'allow' | 'resolve'>;
}

type AwaitedRow = NonNullable<Awaited<ReturnType<typeof findAwaited>>>;

/**
 * Fetches one picture that posts wait for, takes it into the library and puts it into its posts. What
 * may pass (a host that does not answer, a server's error) throws, for a later try; on the last one,
 * and for what will not change, the reason is noted and the posts keep their link.
 */
export async function fetchAwaited(deps: PictureDeps, id: number, run: JobRun): Promise<void> {
  const picture = await findAwaited(deps.db, id);
  if (picture === null) return;
  if (picture.mediaId !== null) return putInPlace(deps, picture, picture.mediaId);
  try {
    const { body } = await guardedFetch(picture.url, {
      ...deps.reach,
      maxBytes: MAX_BYTES,
      accept: ['image/*', 'application/octet-stream', 'binary/octet-stream'],
      timeout: 120_000,
      signal: run.signal,
    });
    await takeIn(deps, picture, body);
  } catch (error) {
    if (mayPass(error) && (run.attempt < run.maxAttempts || run.signal.aborted)) throw error;
    if (!(error instanceof GuardedFetchError) && !(error instanceof RefusedPictureError))
      throw error;
    await giveUpAwaited(deps.db, id, error.message);
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof RefusedPictureError) return false;
  if (!(error instanceof GuardedFetchError)) return true;
  if (error.reason === 'status')
    return (error.status ?? 0) >= 500 || error.status === 408 || error.status === 429;
  return ['timeout', 'unresolved', 'unreachable', 'aborted', 'malformed'].includes(error.reason);
}

async function takeIn(deps: PictureDeps, picture: AwaitedRow, bytes: Buffer): Promise<void> {
  const { media } = await storeImage(deps, {
    bytes,
    filename: nameOf(picture.url),
    alt: picture.alt,
    caption: picture.caption,
    uploaderId: null,
    sourceUrl: picture.url,
  });
  await settleAwaited(deps.db, picture.id, media.id);
  await putInPlace(deps, picture, media.id);
}

function nameOf(address: string): string {
  const name = URL.parse(address)?.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name) || 'picture';
  } catch {
    return name || 'picture';
  }
}

/** Each post in a transaction of its own: a job that is cut short goes on where it was. */
async function putInPlace(deps: PictureDeps, picture: AwaitedRow, mediaId: number): Promise<void> {
  for (const postId of picture.coverPostIds) {
    await inTransaction(deps.db, (tx) => setCover(tx, postId, mediaId));
  }
  for (const postId of picture.postIds) await replaceInPost(deps, postId, picture.url, mediaId);
}

async function replaceInPost(
  deps: PictureDeps,
  postId: number,
  url: string,
  mediaId: number,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const body = await lockBody(tx, postId);
    const replaced = body === null ? null : withPicture(body, url, mediaId);
    if (replaced === null || replaced === body) return;
    const { mediaIds, ...rendering } = await renderForStorage(tx, {
      body: replaced,
      baseUrl: deps.config.baseUrl,
    });
    await storeBody(tx, postId, replaced, {
      ...rendering,
      toc: JSON.parse(JSON.stringify(rendering.toc)) as object,
    });
    await replaceMediaUses(tx, postId, mediaIds);
  });
}

/** A text in which the picture's old address, wherever a link or picture has it, is the one here. */
export function withPicture(body: string, url: string, mediaId: number): string {
  const inHtml = url.replace(/&/g, '&amp;');
  return [...new Set([url, inHtml])].reduce((text, address) => {
    const pattern = new RegExp(`(\\(<?|=")${escaped(address)}(?=[)>"\\s])`, 'g');
    return text.replace(pattern, `$1/media/${String(mediaId)}`);
  }, body);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Takes the pictures of an import that lie in a folder. Returns how many came in. */
export async function takeFromFolder(
  deps: PictureDeps,
  importId: number,
  folder: MediaFolder,
  onProgress?: (progress: ImportProgress) => void | Promise<void>,
): Promise<number> {
  const { waiting: total } = await countPictures(deps.db, importId);
  let taken = 0;
  let seen = 0;
  for (let after = 0; ;) {
    const waiting = await listWaiting(deps.db, importId, after, 100);
    for (const picture of waiting) {
      const file = folder.find(picture.url);
      seen += 1;
      if (file !== undefined && (await takeFile(deps, picture, file))) taken += 1;
      await onProgress?.({ phase: 'pictures', done: seen, total });
    }
    after = waiting.at(-1)?.id ?? 0;
    if (waiting.length < 100) return taken;
  }
}

async function takeFile(deps: PictureDeps, picture: AwaitedRow, file: string): Promise<boolean> {
  try {
    if ((await stat(file)).size > MAX_BYTES) {
      await giveUpAwaited(deps.db, picture.id, `“${path.basename(file)}” is larger than 25 MB.`);
      return false;
    }
    await takeIn(deps, picture, await readFile(file));
    return true;
  } catch (error) {
    if (!(error instanceof RefusedPictureError)) throw error;
    await giveUpAwaited(deps.db, picture.id, error.message);
    return false;
  }
}
