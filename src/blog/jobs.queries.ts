import type { Db } from '#src/platform/db.js';
import type { StoredRendering } from './rendering.js';

/** Turns scheduled posts whose time has come into published ones; answers their ids. */
export async function publishDuePosts(tx: Db, now: Date): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    UPDATE posts SET status = 'published'
    WHERE status = 'scheduled' AND published_at <= ${now}::timestamptz
    RETURNING id`;
  return rows.map((row) => row.id);
}

/** Ids of posts whose HTML an older renderer made, lowest first. */
export async function listOutdatedPosts(db: Db, version: number, limit: number): Promise<number[]> {
  const rows = await db.post.findMany({
    where: { rendererVersion: { lt: version } },
    orderBy: [{ rendererVersion: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Ids of the posts whose text cites one of these pictures. */
export async function listPostsCiting(db: Db, mediaIds: readonly number[]): Promise<number[]> {
  const rows = await db.mediaUse.findMany({
    where: { mediaId: { in: [...mediaIds] } },
    distinct: ['postId'],
    select: { postId: true },
    orderBy: { postId: 'asc' },
  });
  return rows.map((row) => row.postId);
}

/** What the re-rendering of a post starts from, or null. */
export function findSource(db: Db, id: number) {
  return db.post.findUnique({ where: { id }, select: { id: true, body: true, version: true } });
}

/** Stores a rendering, unless the post has been saved since its source was read. */
export async function storeRendering(
  tx: Db,
  post: { id: number; version: number },
  rendering: Omit<StoredRendering, 'mediaIds'>,
): Promise<boolean> {
  const { count } = await tx.post.updateMany({
    where: { id: post.id, version: post.version },
    data: { ...rendering, toc: JSON.parse(JSON.stringify(rendering.toc)) },
  });
  return count > 0;
}
