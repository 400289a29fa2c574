import type { Db, Prisma } from '#src/platform/db.js';
import type { PostStatus } from './policy.js';

/** What changing many posts at once needs to know of each. */
export interface BatchRow {
  id: number;
  kind: 'post' | 'page';
  status: PostStatus;
  trashedFrom: PostStatus | null;
  publishedAt: Date | null;
  authorId: number | null;
}

/** Locks these posts, lowest id first (so that two batches cannot wait for each other). */
export async function lockBatch(
  tx: Db,
  kind: 'post' | 'page',
  ids: readonly number[],
): Promise<BatchRow[]> {
  return tx.$queryRaw<BatchRow[]>`
    SELECT id, kind::text AS kind, status::text AS status, trashed_from::text AS "trashedFrom",
      published_at AS "publishedAt", author_id AS "authorId"
    FROM posts WHERE id = ANY (${[...ids]}::integer[]) AND kind = ${kind}::post_kind
    ORDER BY id FOR UPDATE`;
}

/** Gives a post another status, as a new version of it. */
export async function changeStatus(
  tx: Db,
  id: number,
  data: { status: PostStatus; publishedAt: Date | null; updatedAt: Date },
): Promise<void> {
  await tx.post.update({
    where: { id },
    data: { ...data, version: { increment: 1 } },
    select: { id: true },
  });
}

/** Puts a post into the trash or takes it out; its text and version stay as they are. */
export async function changeTrash(
  tx: Db,
  id: number,
  data: Pick<Prisma.PostUncheckedUpdateInput, 'status' | 'trashedFrom' | 'trashedAt'>,
): Promise<void> {
  await tx.post.update({ where: { id }, data, select: { id: true } });
}

/** Deletes a post for good; what hangs on it goes with it. */
export async function deletePost(tx: Db, id: number): Promise<void> {
  await tx.post.delete({ where: { id }, select: { id: true } });
}
