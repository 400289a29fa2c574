import { createHash } from 'node:crypto';
import session from 'express-session';
import type { Now } from '#src/platform/clock.js';
import type { Db, Prisma } from '#src/platform/db.js';
import {
  deleteSession,
  findSession,
  insertSession,
  updateSessionData,
  type SessionPlace,
  type SessionUser,
} from './queries.js';

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: number };
    /** Where a session that begins is used from. */
    place?: SessionPlace;
    /** What the row says; read with the session, never written back. */
    row?: { user: SessionUser | null; lastUsedAt: Date };
  }
}

/** How long a session lives after its last use, in milliseconds: 30 days. */
export const SESSION_LIFETIME = 30 * 24 * 60 * 60 * 1000;

/** What the table knows a session by: SHA-256, so that a stolen table opens no session. */
export function hashSessionId(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

type Done = (error?: unknown) => void;

/** The store behind express-session: rows of PostgreSQL, the person read in the same query. */
export class SessionStore extends session.Store {
  constructor(
    private readonly deps: { db: Db; now: Now },
    private readonly cookie: session.CookieOptions,
  ) {
    super();
  }

  override get(
    id: string,
    done: (error: unknown, session?: session.SessionData | null) => void,
  ): void {
    this.read(id).then((found) => done(null, found), done);
  }

  override set(id: string, data: session.SessionData, done: Done = () => undefined): void {
    this.write(id, data).then(() => done(), done);
  }

  override destroy(id: string, done: Done = () => undefined): void {
    deleteSession(this.deps.db, hashSessionId(id)).then(() => done(), done);
  }

  private async read(id: string): Promise<session.SessionData | null> {
    const hash = hashSessionId(id);
    const row = await findSession(this.deps.db, hash, this.deps.now());
    if (!row) return null;
    if (row.user?.suspendedAt || row.user?.deletedAt) {
      await deleteSession(this.deps.db, hash);
      return null;
    }
    // The cookie's end is counted anew at every answer, so only its length is of interest here.
    const cookie = {
      ...this.cookie,
      originalMaxAge: SESSION_LIFETIME,
    } as session.SessionData['cookie'];
    const data = row.data as Partial<session.SessionData>;
    return { ...data, cookie, row: { user: row.user, lastUsedAt: row.lastUsedAt } };
  }

  private async write(id: string, data: session.SessionData): Promise<void> {
    const { row, place, passport } = data;
    // All that is kept of a session beside its row is whose it is.
    const json: Prisma.InputJsonObject = passport ? { passport: { ...passport } } : {};
    const hash = hashSessionId(id);
    if (row) return updateSessionData(this.deps.db, hash, json);
    const now = this.deps.now();
    await insertSession(this.deps.db, {
      hash,
      userId: passport?.user ?? null,
      data: json,
      address: place?.address ?? null,
      agent: place?.agent ?? null,
      now,
      expiresAt: new Date(now.getTime() + SESSION_LIFETIME),
    });
  }
}
