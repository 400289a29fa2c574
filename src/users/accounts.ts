import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Db } from '#src/platform/db.js';
import {
  ConflictError,
  InvalidError,
  NotFoundError,
  type FieldProblems,
} from '#src/platform/errors.js';
import { endSessions } from '#src/platform/sessions/index.js';
import { parse } from '#src/platform/validate.js';
import { hashPassword } from './passwords.js';
import {
  countActiveAdmins,
  findAllUsers,
  findTakenNames,
  findUserByName,
  getProfile,
  insertUser,
  lockAdmins,
  updatePasswordHash,
  updateRole,
} from './queries.js';
import {
  accountForm,
  commandAccount,
  commandPassword,
  differsFromName,
  role as roleSchema,
} from './schema.js';
import type { Role, Viewer } from './viewer.js';

/** What makes an account. */
export interface NewAccount {
  email: string;
  username: string;
  displayName?: string;
  role: Role;
  /** Left out: an account that nobody can log in to until it is given one. */
  password?: string;
}

/** A row of `billet user list`. */
export interface ListedUser {
  id: number;
  username: string;
  email: string;
  displayName: string;
  role: Role;
  hasPassword: boolean;
  suspended: boolean;
  postCount: number;
  createdAt: Date;
}

/**
 * Writes an account with input that was already checked.
 * @throws {InvalidError} when the e-mail address or the user name is taken.
 */
export async function addAccount(
  tx: Db,
  input: NewAccount,
  now: Date,
  actor: { actorId?: number; address?: string | null } = {},
): Promise<Viewer> {
  const taken = await findTakenNames(tx, input);
  const problems: FieldProblems = {};
  if (taken.email) problems.email = { key: 'problems.taken' };
  if (taken.username) problems.username = { key: 'problems.taken' };
  if (Object.keys(problems).length > 0) throw new InvalidError(problems);
  const { password, displayName, ...names } = input;
  const viewer = await insertUser(tx, {
    ...names,
    displayName: displayName || input.username,
    passwordHash: password === undefined ? null : await hashPassword(password),
    emailConfirmedAt: password === undefined ? null : now,
  });
  await recordAudit(tx, {
    ...actor,
    action: 'user.create',
    targetType: 'user',
    targetId: viewer.id,
    data: { role: input.role },
  });
  return viewer;
}

/**
 * Makes an account from the command line.
 * @throws {InvalidError} with the problems by field. @throws {ConflictError} a name was taken just now.
 */
export async function createUserAccount(db: Db, input: NewAccount): Promise<{ id: number }> {
  const account = parse(input.password === undefined ? commandAccount : accountForm, input);
  const role = parse(roleSchema, input.role);
  const viewer = await inTransaction(db, (tx) => addAccount(tx, { ...account, role }, new Date()));
  return { id: viewer.id };
}

/**
 * Makes the first admin from ADMIN_*, unless there is an admin; safe when several processes start.
 * @throws {InvalidError} when the input is not acceptable or its names are taken by somebody else.
 */
export async function ensureFirstAdmin(
  db: Db,
  input: { email: string; username: string; password: string },
): Promise<{ created: boolean }> {
  const account = parse(accountForm, input);
  return inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    if ((await countActiveAdmins(tx)) > 0) return { created: false };
    await addAccount(tx, { ...account, role: 'admin' }, new Date());
    return { created: true };
  });
}

/**
 * Gives a person another role.
 * @throws {NotFoundError} nobody of that name. @throws {ConflictError} it would leave no admin who can log in.
 */
export async function changeRole(
  db: Db,
  usernameOrEmail: string,
  role: Role,
  actor: { actorId?: number; address?: string | null } = {},
): Promise<void> {
  const wanted = parse(roleSchema, role);
  await inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    const person = await findUserByName(tx, usernameOrEmail);
    if (!person) throw new NotFoundError(`There is nobody called "${usernameOrEmail}".`);
    if (person.role === wanted) return;
    if (person.role === 'admin' && (await countActiveAdmins(tx, person.id)) === 0) {
      throw new ConflictError('This is the last admin; make somebody else admin first.');
    }
    await updateRole(tx, person.id, wanted);
    await recordAudit(tx, {
      ...actor,
      action: 'user.role',
      targetType: 'user',
      targetId: person.id,
      data: { from: person.role, to: wanted },
    });
  });
}

/**
 * Gives a person a password from the command line, their first or a new one, and ends all their
 * sessions.
 * @throws {NotFoundError} nobody of that name. @throws {InvalidError} with the problem of `password`.
 */
export async function setPassword(
  db: Db,
  usernameOrEmail: string,
  newPassword: string,
): Promise<void> {
  const { password } = parse(commandPassword, { password: newPassword });
  const passwordHash = await hashPassword(password);
  await inTransaction(db, async (tx) => {
    const person = await findUserByName(tx, usernameOrEmail);
    if (!person) throw new NotFoundError(`There is nobody called "${usernameOrEmail}".`);
    if (!differsFromName({ ...(await getProfile(tx, person.id)), password })) {
      throw new InvalidError({ password: { key: 'problems.passwordIsName' } });
    }
    await updatePasswordHash(tx, person.id, passwordHash);
    const endedSessions = await endSessions(tx, person.id);
    await recordAudit(tx, {
      action: 'user.password',
      targetType: 'user',
      targetId: person.id,
      data: { endedSessions },
    });
  });
}

/** Everybody who has an account, by id. */
export async function listUsers(db: Db): Promise<ListedUser[]> {
  const rows = await findAllUsers(db);
  return rows.map(({ passwordHash, suspendedAt, ...row }) => ({
    ...row,
    hasPassword: passwordHash !== null,
    suspended: suspendedAt !== null,
  }));
}
