import type { Db } from '#src/platform/db.js';

const author = { author: { select: { displayName: true, username: true } } } as const;

/** One revision of a post by its version, or null. */
export function findRevision(db: Db, postId: number, version: number) {
  return db.revision.findUnique({
    where: { postId_version: { postId, version } },
    include: author,
  });
}

/** A revision with everything it keeps. */
export type Revision = NonNullable<Awaited<ReturnType<typeof findRevision>>>;

/** The revisions of a post, newest first, older than `before` where it is given; without their texts. */
export function listRevisions(db: Db, postId: number, before: number | null, limit: number) {
  return db.revision.findMany({
    where: { postId, version: before === null ? undefined : { lt: before } },
    orderBy: { version: 'desc' },
    take: limit,
    select: {
      version: true,
      title: true,
      status: true,
      restoredFrom: true,
      createdAt: true,
      ...author,
    },
  });
}
