import { pictureColumns } from '#src/media/index.js';
import type { Db, Prisma } from '#src/platform/db.js';
import type { Role, Viewer } from './viewer.js';

/** What a log-in looks at. */
export interface Credentials {
  viewer: Viewer;
  passwordHash: string | null;
  /** False for a suspended or deleted account. */
  active: boolean;
}

const viewerColumns = { id: true, username: true, displayName: true, role: true } as const;

/** Serialises what decides who is admin, until the transaction ends. */
export async function lockAdmins(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('billet: admins'))`;
}

/** The account behind an e-mail address or a user name (a user name has no @). */
export async function findCredentials(db: Db, login: string): Promise<Credentials | null> {
  const row = await db.user.findFirst({
    where: login.includes('@') ? { email: login } : { username: login },
    select: { ...viewerColumns, passwordHash: true, suspendedAt: true, deletedAt: true },
  });
  if (!row) return null;
  const { passwordHash, suspendedAt, deletedAt, ...viewer } = row;
  return { viewer, passwordHash, active: !suspendedAt && !deletedAt };
}

/** Where a person's living sessions were used last, a hundred at most. */
export async function findSessionAddresses(db: Db, userId: number, now: Date): Promise<string[]> {
  const rows = await db.session.findMany({
    where: { userId, expiresAt: { gt: now }, address: { not: null } },
    select: { address: true },
    orderBy: { lastUsedAt: 'desc' },
    take: 100,
  });
  return rows.flatMap(({ address }) => address ?? []);
}

/** Sets a password's hash. */
export async function updatePasswordHash(db: Db, id: number, passwordHash: string): Promise<void> {
  await db.user.update({ where: { id }, data: { passwordHash } });
}

/** Which of the two names other people already have. */
export async function findTakenNames(
  db: Db,
  names: { email: string; username: string },
): Promise<{ email: boolean; username: boolean }> {
  const rows = await db.user.findMany({
    where: { OR: [{ email: names.email }, { username: names.username }] },
    select: { email: true, username: true },
  });
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return {
    email: rows.some((row) => same(row.email, names.email)),
    username: rows.some((row) => same(row.username, names.username)),
  };
}

/** Writes an account. */
export function insertUser(
  db: Db,
  data: {
    email: string;
    username: string;
    displayName: string;
    role: Role;
    passwordHash: string | null;
    emailConfirmedAt: Date | null;
  },
): Promise<Viewer> {
  return db.user.create({ data, select: viewerColumns });
}

/** How many admins can log in, besides one person. */
export function countActiveAdmins(db: Db, exceptId?: number): Promise<number> {
  return db.user.count({
    where: {
      role: 'admin',
      suspendedAt: null,
      deletedAt: null,
      passwordHash: { not: null },
      id: exceptId === undefined ? undefined : { not: exceptId },
    },
  });
}

/** A person by e-mail address or user name. */
export function findUserByName(db: Db, name: string): Promise<Viewer | null> {
  return db.user.findFirst({
    where: { ...(name.includes('@') ? { email: name } : { username: name }), deletedAt: null },
    select: viewerColumns,
  });
}

/** Sets a role. */
export async function updateRole(db: Db, id: number, role: Role): Promise<void> {
  await db.user.update({ where: { id }, data: { role } });
}

/** Everybody, by id. */
export function findAllUsers(db: Db) {
  return db.user.findMany({
    where: { deletedAt: null },
    select: {
      ...viewerColumns,
      email: true,
      passwordHash: true,
      suspendedAt: true,
      postCount: true,
      createdAt: true,
    },
    orderBy: { id: 'asc' },
  });
}

/** The profile that a person edits. */
export function getProfile(db: Db, id: number) {
  return db.user.findUniqueOrThrow({
    where: { id },
    select: {
      email: true,
      username: true,
      displayName: true,
      bio: true,
      website: true,
      avatar: { select: pictureColumns },
      passwordHash: true,
    },
  });
}

/** Writes a profile. */
export async function updateProfileRow(
  db: Db,
  id: number,
  data: { displayName: string; bio: string; website: string | null },
): Promise<void> {
  await db.user.update({ where: { id }, data });
}

/** Sets a person's picture. */
export async function updateAvatar(db: Db, id: number, avatarId: number | null): Promise<void> {
  await db.user.update({ where: { id }, data: { avatarId } });
}

/** Takes unused set-up tokens away. */
export async function deleteUnusedSetupTokens(db: Db): Promise<void> {
  await db.token.deleteMany({ where: { purpose: 'setup', usedAt: null } });
}

/** Writes a token. */
export async function insertSetupToken(
  db: Db,
  token: { hash: Buffer; createdAt: Date; expiresAt: Date },
): Promise<void> {
  const hash = new Uint8Array(token.hash);
  await db.token.create({ data: { ...token, hash, purpose: 'setup' } });
}

function usableSetupToken(hash: Buffer, now: Date): Prisma.TokenWhereInput {
  return { hash: new Uint8Array(hash), purpose: 'setup', usedAt: null, expiresAt: { gt: now } };
}

/** True for a set-up token that is neither used nor over. */
export async function isUsableSetupToken(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  return (await db.token.count({ where: usableSetupToken(hash, now) })) > 0;
}

/** Uses a set-up token up; false when it was used, over or never given. */
export async function consumeSetupToken(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  const where = usableSetupToken(hash, now);
  const { count } = await db.token.updateMany({ where, data: { usedAt: now } });
  return count === 1;
}
