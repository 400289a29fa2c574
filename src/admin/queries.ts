import type { Db } from '#src/platform/db.js';

/** Lines in each part of the page. */
const LINES = 6;

const line = {
  id: true,
  kind: true,
  title: true,
  slug: true,
  status: true,
  language: true,
  publishedAt: true,
  updatedAt: true,
  commentCount: true,
  author: { select: { displayName: true, username: true } },
} as const;

/** Whose posts: one person's, or everyone's (undefined). */
type Whose = number | undefined;

/** Drafts, last changed first. */
export function listDrafts(db: Db, authorId: Whose) {
  return db.post.findMany({
    where: { status: 'draft', authorId },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: LINES,
    select: line,
  });
}

/** A line of the page. */
export type TodayLine = Awaited<ReturnType<typeof listDrafts>>[number];

/** What will appear, soonest first. */
export function listScheduled(db: Db, authorId: Whose, now: Date) {
  return db.post.findMany({
    where: { status: 'scheduled', publishedAt: { gt: now }, authorId },
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
    take: LINES,
    select: line,
  });
}

/** What has appeared, newest first. */
export function listPublished(db: Db, authorId: Whose, now: Date) {
  return db.post.findMany({
    where: {
      kind: 'post',
      status: { in: ['published', 'scheduled'] },
      publishedAt: { lte: now },
      authorId,
    },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: LINES,
    select: line,
  });
}

/** What this person typed and did not save, newest first. */
export function listUnsaved(db: Db, userId: number) {
  return db.autosave.findMany({
    where: { userId },
    orderBy: { updatedAt: 'desc' },
    take: LINES,
    include: { post: { select: { title: true } } },
  });
}

/** Pictures that could not be prepared, and imports that failed or still run. */
export async function countTroubles(db: Db) {
  const [pictures, importsRunning] = await Promise.all([
    db.media.count({ where: { state: 'failed' } }),
    db.importRun.count({ where: { state: { in: ['waiting', 'validating', 'importing'] } } }),
  ]);
  return { pictures, importsRunning };
}

/** True when nobody has written anything yet. */
export async function isEmptySite(db: Db): Promise<boolean> {
  return (await db.post.findFirst({ select: { id: true } })) === null;
}
