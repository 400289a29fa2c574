import { createHash, randomBytes } from 'node:crypto';
import type { Now } from '#src/platform/clock.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { ConflictError, NotFoundError } from '#src/platform/errors.js';
import { addAccount } from './accounts.js';
import {
  consumeSetupToken,
  countActiveAdmins,
  deleteUnusedSetupTokens,
  insertSetupToken,
  isUsableSetupToken,
  lockAdmins,
} from './queries.js';
import type { Viewer } from './viewer.js';

/** A link waits this long for its reader, in milliseconds: 7 days. */
const LINK_LIFETIME = 7 * 24 * 60 * 60 * 1000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * The link that makes the first admin, or null when there is one. Every call replaces the link that
 * was given before, so that exactly one works. Only its hash is kept.
 */
export function createSetupLink(deps: {
  db: Db;
  now: Now;
  config: { baseUrl: string };
}): Promise<string | null> {
  return inTransaction(deps.db, async (tx) => {
    await lockAdmins(tx);
    if ((await countActiveAdmins(tx)) > 0) return null;
    const token = randomBytes(24).toString('base64url');
    const createdAt = deps.now();
    const expiresAt = new Date(createdAt.getTime() + LINK_LIFETIME);
    await deleteUnusedSetupTokens(tx);
    await insertSetupToken(tx, { hash: hashOf(token), createdAt, expiresAt });
    return `${deps.config.baseUrl}/setup?token=${token}`;
  });
}

/** Whether the site waits for its first admin, and whether this link may make them. */
export async function setupState(
  deps: { db: Db; now: Now },
  token: string,
): Promise<'open' | 'wrong-link' | 'done'> {
  if ((await countActiveAdmins(deps.db)) > 0) return 'done';
  return (await isUsableSetupToken(deps.db, hashOf(token), deps.now())) ? 'open' : 'wrong-link';
}

/** What the first admin says, checked. */
export interface FirstAdmin {
  token: string;
  email: string;
  username: string;
  displayName?: string;
  password: string;
  siteTitle?: string;
  siteLanguage?: string;
}

/** What the site is called, and the language of most of its posts. */
export interface SiteName {
  title?: string;
  language?: string;
}

/** Writes what the site is called, in the transaction that makes the first admin. */
export type NameSite = (tx: Db, site: SiteName) => Promise<void>;

/**
 * Makes the first admin and uses the link up.
 * @throws {ConflictError} there is an admin. @throws {NotFoundError} the link does not work (any more).
 * @throws {InvalidError} the names are taken.
 */
export function completeSetup(
  deps: { db: Database; now: Now; nameSite?: NameSite },
  input: FirstAdmin,
  address: string | null,
): Promise<Viewer> {
  const { token, siteTitle, siteLanguage, ...account } = input;
  return inTransaction(deps.db, async (tx) => {
    await lockAdmins(tx);
    if ((await countActiveAdmins(tx)) > 0)
      throw new ConflictError('This site already has an admin.');
    const now = deps.now();
    if (!(await consumeSetupToken(tx, hashOf(token), now))) throw new NotFoundError();
    const viewer = await addAccount(tx, { ...account, role: 'admin' }, now, { address });
    await deps.nameSite?.(tx, {
      ...(siteTitle ? { title: siteTitle } : {}),
      ...(siteLanguage ? { language: siteLanguage } : {}),
    });
    return viewer;
  });
}
