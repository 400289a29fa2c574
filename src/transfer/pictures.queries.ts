import type { Db } from '#src/platform/db.js';

/** A picture that posts wait for. */
export interface AwaitedPicture {
  url: string;
  alt: string;
  caption: string;
  postIds: number[];
  coverPostIds: number[];
}

/**
 * Notes pictures that posts wait for. One that is noted already, by this run or an earlier one, gains
 * the posts.
 */
export async function awaitPictures(
  tx: Db,
  importId: number,
  pictures: readonly AwaitedPicture[],
): Promise<void> {
  if (pictures.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO media_fetches AS f (url, import_id, post_ids, cover_post_ids, alt, caption, updated_at)
    SELECT url, ${importId}::integer,
      ARRAY(SELECT jsonb_array_elements_text("postIds")::integer),
      ARRAY(SELECT jsonb_array_elements_text("coverPostIds")::integer), alt, caption, now()
    FROM jsonb_to_recordset(${JSON.stringify(pictures)}::jsonb)
      AS r (url text, alt text, caption text, "postIds" jsonb, "coverPostIds" jsonb)
    ON CONFLICT (url) DO UPDATE SET
      post_ids = ARRAY(SELECT DISTINCT unnest(f.post_ids || excluded.post_ids)),
      cover_post_ids = ARRAY(SELECT DISTINCT unnest(f.cover_post_ids || excluded.cover_post_ids)),
      alt = CASE WHEN f.alt = '' THEN excluded.alt ELSE f.alt END,
      caption = CASE WHEN f.caption = '' THEN excluded.caption ELSE f.caption END,
      import_id = excluded.import_id, updated_at = now()`;
}

/** A picture that posts wait for, as stored. */
export function findAwaited(db: Db, id: number) {
  return db.mediaFetch.findUnique({ where: { id } });
}

/** Pictures of an import that are neither here nor given up, after an id. */
export function listWaiting(db: Db, importId: number, after: number, limit: number) {
  return db.mediaFetch.findMany({
    where: { importId, mediaId: null, error: null, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

/** Notes which picture of the library an awaited one became. */
export async function settleAwaited(db: Db, id: number, mediaId: number): Promise<void> {
  await db.mediaFetch.update({
    where: { id },
    data: { mediaId, error: null },
    select: { id: true },
  });
}

/** Notes why a picture cannot be had. */
export async function giveUpAwaited(db: Db, id: number, error: string): Promise<void> {
  await db.mediaFetch.updateMany({ where: { id, mediaId: null }, data: { error } });
}

/** The body of a post, which nobody else can change until the transaction ends; null when it is gone. */
export async function lockBody(tx: Db, postId: number): Promise<string | null> {
  const [row] = await tx.$queryRaw<
    { body: string }[]
  >`SELECT body FROM posts WHERE id = ${postId} FOR UPDATE`;
  return row?.body ?? null;
}

/**
 * Writes a body in which a picture has come to its place. The version rises, so that a form opened
 * before does not take the picture away again; the newest revision goes along with it.
 */
export async function storeBody(
  tx: Db,
  postId: number,
  body: string,
  rendering: object,
): Promise<void> {
  const { version } = await tx.post.update({
    where: { id: postId },
    data: { ...rendering, body, version: { increment: 1 } },
    select: { version: true },
  });
  await tx.revision.updateMany({
    where: { postId, version: version - 1 },
    data: { version, body },
  });
  // A second, so that whoever keeps a copy sees that there is a new one, and the date stays true.
  await tx.$executeRaw`UPDATE posts SET updated_at = updated_at + interval '1 second' WHERE id = ${postId}`;
  await notifyChanged(tx, postId);
}

/** Gives a post its cover, unless it has one. */
export async function setCover(tx: Db, postId: number, mediaId: number): Promise<void> {
  const { count } = await tx.post.updateMany({
    where: { id: postId, coverId: null },
    data: { coverId: mediaId },
  });
  if (count > 0) await notifyChanged(tx, postId);
}

async function notifyChanged(tx: Db, postId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('billet', ${JSON.stringify({ topic: 'post', id: postId })})`;
}

/** How the pictures of an import stand. */
export interface PictureState {
  total: number;
  waiting: number;
  here: number;
  failed: number;
}

/** The same, counted now. */
export async function countPictures(db: Db, importId: number): Promise<PictureState> {
  const [row] = await db.$queryRaw<PictureState[]>`
    SELECT count(*)::integer AS total,
      count(*) FILTER (WHERE media_id IS NULL AND error IS NULL)::integer AS waiting,
      count(media_id)::integer AS here,
      count(*) FILTER (WHERE media_id IS NULL AND error IS NOT NULL)::integer AS failed
    FROM media_fetches WHERE import_id = ${importId}`;
  return row ?? { total: 0, waiting: 0, here: 0, failed: 0 };
}

/** Pictures that could not be had, with why. */
export function listFailed(db: Db, importId: number, limit: number) {
  return db.mediaFetch.findMany({
    where: { importId, mediaId: null, error: { not: null } },
    orderBy: { id: 'asc' },
    take: limit,
    select: { url: true, error: true },
  });
}
