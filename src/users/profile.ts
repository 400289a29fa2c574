import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import { InvalidError } from '#src/platform/errors.js';
import { endSessions } from '#src/platform/sessions/index.js';
import { parse } from '#src/platform/validate.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { getProfile, updateAvatar, updatePasswordHash, updateProfileRow } from './queries.js';
import { differsFromName, passwordForm, profileForm } from './schema.js';
import type { Viewer } from './viewer.js';

/** Who changes something of their own, and from where. */
export interface Owner {
  viewer: Viewer;
  address: string | null;
  /** Hash of the session in use, which outlives a change of password. */
  sessionHash: Buffer;
}

/**
 * Saves what a person says of themselves.
 * @throws {InvalidError} with the problems by field.
 */
export async function saveProfile(db: Database, owner: Owner, input: unknown): Promise<void> {
  await updateProfileRow(db, owner.viewer.id, parse(profileForm, input));
}

/** Shows a picture of the library beside a person's words, or none. */
export async function saveAvatar(
  db: Database,
  owner: Owner,
  avatarId: number | null,
): Promise<void> {
  await updateAvatar(db, owner.viewer.id, avatarId);
}

/**
 * Changes a password, knowing the old one, and ends the person's other sessions.
 * @throws {InvalidError} with the problems by field.
 */
export async function changePassword(db: Database, owner: Owner, input: unknown): Promise<void> {
  const { currentPassword, password } = parse(passwordForm, input);
  const { id } = owner.viewer;
  const profile = await getProfile(db, id);
  if (!(await verifyPassword(profile.passwordHash, currentPassword))) {
    throw new InvalidError({ currentPassword: { key: 'problems.passwordWrong' } });
  }
  if (!differsFromName({ ...profile, password })) {
    throw new InvalidError({ password: { key: 'problems.passwordIsName' } });
  }
  const passwordHash = await hashPassword(password);
  await inTransaction(db, async (tx) => {
    await updatePasswordHash(tx, id, passwordHash);
    const ended = await endSessions(tx, id, owner.sessionHash);
    await recordAudit(tx, {
      actorId: id,
      action: 'user.password',
      targetType: 'user',
      targetId: id,
      data: { endedSessions: ended },
      address: owner.address,
    });
  });
}
