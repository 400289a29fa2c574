import type { Db } from '#src/platform/db.js';

/** A picture of the file, and a post that shows it or has it as its cover; neither for one that only is there. */
export interface AwaitedPicture {
  url: string;
  alt: string;
  caption: string;
  postId: number | null;
  coverOf: number | null;
}

/** Collects pictures in a table that lives as long as the import's transaction. */
export async function stageAwaited(tx: Db, pictures: readonly AwaitedPicture[]): Promise<void> {
  if (pictures.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO staged_awaited (url, alt, caption, post_id, cover_of)
    SELECT url, alt, caption, "postId", "coverOf"
    FROM jsonb_to_recordset(${JSON.stringify(pictures)}::jsonb)
      AS r (url text, alt text, caption text, "postId" integer, "coverOf" integer)`;
}

/**
 * Notes all collected pictures as awaited by this run, described as their attachment says or else the
 * first text that shows them. One that an earlier run could not get is tried
 * again; one that is here already is touched only where new posts show it.
 */
export async function storeAwaited(
  tx: Db,
  importId: number,
): Promise<{ created: number; existing: number }> {
  await tx.$executeRaw`
    INSERT INTO media_fetches AS f (url, import_id, post_ids, cover_post_ids, alt, caption, created_at, updated_at)
    SELECT url, ${importId}::integer,
      coalesce(array_agg(DISTINCT post_id) FILTER (WHERE post_id IS NOT NULL), '{}'),
      coalesce(array_agg(DISTINCT cover_of) FILTER (WHERE cover_of IS NOT NULL), '{}'),
      coalesce((array_agg(alt ORDER BY post_id IS NOT NULL, position) FILTER (WHERE alt <> ''))[1], ''),
      coalesce((array_agg(caption ORDER BY post_id IS NOT NULL, position) FILTER (WHERE caption <> ''))[1], ''),
      now(), now()
    FROM staged_awaited GROUP BY url ORDER BY min(position)
    ON CONFLICT (url) DO UPDATE SET
      post_ids = ARRAY(SELECT DISTINCT unnest(f.post_ids || excluded.post_ids)),
      cover_post_ids = ARRAY(SELECT DISTINCT unnest(f.cover_post_ids || excluded.cover_post_ids)),
      import_id = CASE WHEN f.media_id IS NULL THEN excluded.import_id ELSE f.import_id END,
      error = NULL, updated_at = now()
    WHERE f.media_id IS NULL OR NOT (f.post_ids @> excluded.post_ids AND f.cover_post_ids @> excluded.cover_post_ids)`;
  const [row] = await tx.$queryRaw<{ created: number; existing: number }[]>`
    SELECT count(*) FILTER (WHERE f.created_at = now()::timestamptz(3))::integer AS created,
      count(*) FILTER (WHERE f.created_at <> now()::timestamptz(3))::integer AS existing
    FROM media_fetches f WHERE f.url IN (SELECT url FROM staged_awaited)`;
  return row ?? { created: 0, existing: 0 };
}

/** Pictures that this transaction noted, or gave new posts, after an id. */
export function listTouched(
  tx: Db,
  after: number,
  limit: number,
): Promise<{ id: number; url: string }[]> {
  return tx.$queryRaw<{ id: number; url: string }[]>`
    SELECT id, url FROM media_fetches WHERE updated_at = now()::timestamptz(3) AND id > ${after}::integer
    ORDER BY id LIMIT ${limit}::integer`;
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

/** Lets an import's given-up pictures wait again, as touched by this transaction. Returns how many. */
export function forgiveFailed(tx: Db, importId: number): Promise<number> {
  return tx.$executeRaw`
    UPDATE media_fetches SET error = NULL, updated_at = now()
    WHERE import_id = ${importId}::integer AND media_id IS NULL AND error IS NOT NULL`;
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
