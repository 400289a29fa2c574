import type { Now } from '#src/platform/clock.js';
import type { Db } from '#src/platform/db.js';
import { deleteExpiredSessions, deleteUserSessions, findUserSessions } from './queries.js';

export { forgetSessionCookie, placeOf, sessionMiddleware, type SessionDeps } from './middleware.js';
export { hashSessionId } from './store.js';

/** A session as its owner sees it; `handle` names it in forms and opens nothing. */
export interface KnownSession {
  handle: string;
  current: boolean;
  address: string | null;
  agent: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

/** The living sessions of a person, last used first, at most 100. */
export async function listSessions(
  deps: { db: Db; now: Now },
  userId: number,
  currentHash: Buffer,
): Promise<KnownSession[]> {
  const rows = await findUserSessions(deps.db, userId, deps.now());
  return rows.map(({ idHash, ...row }) => ({
    ...row,
    handle: Buffer.from(idHash).toString('base64url'),
    current: currentHash.equals(idHash),
  }));
}

/** Ends one session of a person by its handle; answers how many ended (0: it is not theirs, or over). */
export function endSession(db: Db, userId: number, handle: string): Promise<number> {
  return deleteUserSessions(db, userId, { only: Buffer.from(handle, 'base64url') });
}

/** Ends all sessions of a person, except the one with this hash; answers how many ended. */
export function endSessions(db: Db, userId: number, exceptHash?: Buffer): Promise<number> {
  return deleteUserSessions(db, userId, { except: exceptHash });
}

/** Removes expired sessions; answers how many. For a cron job. */
export function removeExpiredSessions(deps: { db: Db; now: Now }): Promise<number> {
  return deleteExpiredSessions(deps.db, deps.now());
}
