import { recordAudit } from '#src/platform/audit/index.js';
import type { Now } from '#src/platform/clock.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import { createThrottle, networkOf, type Limit } from '#src/platform/security/index.js';
import { hashPassword, needsRehash, verifyPassword } from './passwords.js';
import {
  findCredentials,
  findSessionAddresses,
  updatePasswordHash,
  type Credentials,
} from './queries.js';
import type { Viewer } from './viewer.js';

/** Failures allowed before a name or a network has to wait. */
export interface LoginLimits {
  /** For one user name or e-mail address, as it was typed. */
  account: Limit;
  network: Limit;
}

/** Ten failures a name, fifty a network, in a quarter of an hour. */
export const loginLimits: LoginLimits = {
  account: { tries: 10, seconds: 900 },
  network: { tries: 50, seconds: 900 },
};

/**
 * An account has two names, and two stretches of waiting of each may touch one of the account: with
 * four times the tries it never waits before its names do, which would tell that they belong together.
 * What is left for it to stop are spellings that the database takes for one name and `folded` does not.
 */
const ACCOUNT_SHARE = 4;

/** Finds out who somebody is, or null; the caller learns nothing about why not. */
export type LogIn = (input: {
  login: string;
  password: string;
  address: string | null;
}) => Promise<Viewer | null>;

/**
 * Makes the log-in. Tries are counted before the password is looked at, over all processes; the
 * counting, the queries and the hashing are the same whether or not there is such an account. Names
 * are counted as they were typed, so that nobody learns which belong to one account. Where the person
 * has a living session, the failures of strangers elsewhere keep nobody out.
 * Its function throws {TooManyRequestsError} with the seconds to wait.
 */
export function createLogIn(
  deps: { db: Database; now: Now },
  limits: LoginLimits = loginLimits,
): LogIn {
  const { tries, seconds } = limits.account;
  const names = createThrottle(deps.db, 'login-name', limits.account);
  const accounts = createThrottle(deps.db, 'login-account', {
    tries: tries * ACCOUNT_SHARE,
    seconds,
  });
  const networks = createThrottle(deps.db, 'login-network', limits.network);
  return async ({ login, password, address }) => {
    const network = networkOf(address);
    const found = await findCredentials(deps.db, login);
    const known = await isKnownPlace(deps, found, address);
    const place = known ? ` from ${network}` : '';
    const name = `${folded(login)}${place}`;
    const account = `${found ? `id ${found.viewer.id}` : `name ${folded(login)}`}${place}`;
    await networks.count(network);
    await names.count(name);
    await accounts.count(account);
    const matches = await verifyPassword(found?.passwordHash ?? null, password);
    if (!matches || !found?.active) return null;
    await names.reset(name);
    await accounts.reset(account);
    await networks.takeBack(network);
    await noteLogIn(deps.db, found, password, address);
    return found.viewer;
  };
}

function folded(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** Whether the person has a living session used from this network. */
async function isKnownPlace(
  { db, now }: { db: Database; now: Now },
  found: Credentials | null,
  address: string | null,
): Promise<boolean> {
  // No account has the id 0: nobody costs the same query.
  const addresses = await findSessionAddresses(db, found?.viewer.id ?? 0, now());
  const network = networkOf(address);
  return address !== null && addresses.some((used) => networkOf(used) === network);
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
