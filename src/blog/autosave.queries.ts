import type { Db, Prisma } from '#src/platform/db.js';

/** Something typed and not yet saved. */
export type AutosaveRow = Prisma.AutosaveGetPayload<object>;

/** Keeps what a person has typed. False: the key belongs to somebody else. */
export async function upsertAutosave(
  db: Db,
  autosave: {
    key: string;
    userId: number;
    postId: number | null;
    kind: 'post' | 'page';
    baseVersion: number;
    fields: Prisma.InputJsonObject;
    at: Date;
  },
): Promise<boolean> {
  const { key, userId, at } = autosave;
  const data = {
    postId: autosave.postId,
    kind: autosave.kind,
    baseVersion: autosave.baseVersion,
    fields: autosave.fields,
    updatedAt: at,
  };
  const { count } = await db.autosave.updateMany({ where: { key, userId }, data });
  if (count > 0) return true;
  const made = await db.autosave.createMany({
    data: { key, userId, createdAt: at, ...data },
    skipDuplicates: true,
  });
  return made.count > 0;
}

/** A person's autosave by its key, or null. */
export function findAutosave(db: Db, userId: number, key: string): Promise<AutosaveRow | null> {
  return db.autosave.findFirst({ where: { key, userId } });
}

/** The newest autosave that a person has of a post, or null. */
export function findAutosaveOfPost(
  db: Db,
  userId: number,
  postId: number,
): Promise<AutosaveRow | null> {
  return db.autosave.findFirst({ where: { userId, postId }, orderBy: { updatedAt: 'desc' } });
}

/** What a person typed into forms of new posts or pages that were never saved, newest first. */
export function listNeverSaved(
  db: Db,
  userId: number,
  kind: 'post' | 'page',
  limit: number,
): Promise<AutosaveRow[]> {
  return db.autosave.findMany({
    where: { userId, kind, postId: null },
    orderBy: { updatedAt: 'desc' },
    take: limit,
  });
}

/** Forgets an autosave; one of somebody else stays. */
export async function removeAutosave(db: Db, userId: number, key: string): Promise<void> {
  await db.autosave.deleteMany({ where: { userId, key } });
}

/** Keeps each person's newest `limit` autosaves. */
export async function removeOldAutosaves(db: Db, userId: number, limit: number): Promise<void> {
  const old = await db.autosave.findMany({
    where: { userId },
    orderBy: { updatedAt: 'desc' },
    skip: limit,
    select: { key: true },
  });
  if (old.length > 0)
    await db.autosave.deleteMany({ where: { key: { in: old.map((row) => row.key) } } });
}
