import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import {
  createThrottle,
  networkOf,
  type Limit,
  type Throttle,
} from '#src/platform/security/index.js';
import { hashPassword, needsRehash, verifyPassword } from './passwords.js';
import { findCredentials, updatePasswordHash, type Credentials } from './queries.js';
import type { Viewer } from './viewer.js';

/** Failures allowed before an account or a network has to wait. */
export interface LoginLimits {
  account: Limit;
  network: Limit;
}

/** Ten failures an account, fifty a network, in a quarter of an hour. */
export const loginLimits: LoginLimits = {
  account: { tries: 10, seconds: 900 },
  network: { tries: 50, seconds: 900 },
};

/** Finds out who somebody is, or null; the caller learns nothing about why not. */
export type LogIn = (input: {
  login: string;
  password: string;
  address: string | null;
}) => Promise<Viewer | null>;

/**
 * Makes the log-in. Tries are counted before the password is looked at, over all processes; the
 * counting, the queries and the hashing are the same whether or not there is such an account.
 * Its function throws {TooManyRequestsError} with the seconds to wait.
 */
export function createLogIn(deps: { db: Database }, limits: LoginLimits = loginLimits): LogIn {
  const accounts = createThrottle(deps.db, 'login-account', limits.account);
  const networks = createThrottle(deps.db, 'login-network', limits.network);
  return async ({ login, password, address }) => {
    const network = networkOf(address);
    const found = await findCredentials(deps.db, login);
    const account = found ? `id ${found.viewer.id}` : `name ${login.toLowerCase()}`;
    await networks.count(network);
    await accounts.count(account);
    const matches = await verifyPassword(found?.passwordHash ?? null, password);
    if (!matches || !found?.active) return null;
    await forgive(accounts, account, networks, network);
    await noteLogIn(deps.db, found, password, address);
    return found.viewer;
  };
}

async function forgive(accounts: Throttle, account: string, networks: Throttle, network: string) {
  await accounts.reset(account);
  await networks.takeBack(network);
}

async function noteLogIn(
  db: Database,
  found: Credentials,
  password: string,
  address: string | null,
): Promise<void> {
  const { id } = found.viewer;
  const weak = found.passwordHash !== null && needsRehash(found.passwordHash);
  const stronger = weak ? await hashPassword(password) : null;
  await inTransaction(db, async (tx) => {
    if (stronger) await updatePasswordHash(tx, id, stronger);
    await recordAudit(tx, {
      actorId: id,
      action: 'user.login',
      targetType: 'user',
      targetId: id,
      address,
    });
  });
}
