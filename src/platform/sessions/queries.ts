import type { Db, Prisma } from '#src/platform/db.js';

/** The person of a session, with what decides whether the session still counts. */
export interface SessionUser {
  id: number;
  username: string;
  displayName: string;
  role: 'reader' | 'author' | 'editor' | 'admin';
  suspendedAt: Date | null;
  deletedAt: Date | null;
}

/** A session as the store needs it. */
export interface SessionRow {
  data: Prisma.JsonValue;
  lastUsedAt: Date;
  user: SessionUser | null;
}

/** Where a session is used from. */
export interface SessionPlace {
  address: string | null;
  agent: string | null;
}

const key = (hash: Buffer) => new Uint8Array(hash);

/** A session that has not expired, with its person, in one query. */
export function findSession(db: Db, hash: Buffer, now: Date): Promise<SessionRow | null> {
  return db.session.findFirst({
    where: { idHash: key(hash), expiresAt: { gt: now } },
    select: {
      data: true,
      lastUsedAt: true,
      user: {
        select: {
          id: true,
          username: true,
          displayName: true,
          role: true,
          suspendedAt: true,
          deletedAt: true,
        },
      },
    },
  });
}

/** Writes a session that begins; express-session does so twice in the request of a log-in. */
export async function insertSession(
  db: Db,
  row: SessionPlace & {
    hash: Buffer;
    userId: number | null;
    data: Prisma.InputJsonObject;
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  const { hash, now, ...rest } = row;
  const idHash = key(hash);
  await db.session.upsert({
    where: { idHash },
    create: { ...rest, idHash, createdAt: now, lastUsedAt: now },
    update: { data: row.data, userId: row.userId },
  });
}

/** Writes the data of a session that is there; one that was ended meanwhile stays ended. */
export async function updateSessionData(
  db: Db,
  hash: Buffer,
  data: Prisma.InputJsonObject,
): Promise<void> {
  await db.session.updateMany({ where: { idHash: key(hash) }, data: { data } });
}

/** Notes the use of a session and moves its end. */
export async function noteSessionUse(
  db: Db,
  hash: Buffer,
  use: SessionPlace & { lastUsedAt: Date; expiresAt: Date },
): Promise<void> {
  await db.session.updateMany({ where: { idHash: key(hash) }, data: use });
}

/** Ends one session. */
export async function deleteSession(db: Db, hash: Buffer): Promise<void> {
  await db.session.deleteMany({ where: { idHash: key(hash) } });
}

/** Ends the sessions of a person, all or those chosen; answers how many. */
export async function deleteUserSessions(
  db: Db,
  userId: number,
  which: { only?: Buffer; except?: Buffer } = {},
): Promise<number> {
  const idHash = which.only
    ? { equals: key(which.only) }
    : which.except
      ? { not: key(which.except) }
      : undefined;
  const { count } = await db.session.deleteMany({ where: { userId, idHash } });
  return count;
}

/** The living sessions of a person, last used first. */
export function findUserSessions(db: Db, userId: number, now: Date) {
  return db.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    select: { idHash: true, address: true, agent: true, createdAt: true, lastUsedAt: true },
    orderBy: { lastUsedAt: 'desc' },
    take: 100,
  });
}

/** Removes what has expired; answers how many. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<number> {
  const { count } = await db.session.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}
