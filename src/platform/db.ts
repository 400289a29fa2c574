import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '#src/generated/prisma/client.js';
import { ConflictError, NotFoundError, UnavailableError } from './errors.js';

/** The client or a transaction: what every query takes first. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** The client itself, for those who open transactions. */
export type Database = PrismaClient;

export { Prisma };

/** Connections that one process opens at most, without those of the job queue. */
export const defaultPoolSize = 10;

/**
 * Connects to PostgreSQL. Every connection speaks UTC. `connectionTimeout` is how long, in
 * milliseconds, a query waits for a connection: for a server that is away and for a free place.
 */
export function createDatabase(
  url: string,
  options: { poolSize?: number; connectionTimeout?: number } = {},
): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: options.poolSize ?? defaultPoolSize,
    connectionTimeoutMillis: options.connectionTimeout ?? 5_000,
    options: '-c TimeZone=UTC',
    application_name: 'billet',
  });
  return new PrismaClient({ adapter });
}

const tries = 3;

/**
 * Runs `work` in one transaction; inside another one it joins that. Times in milliseconds. Where
 * PostgreSQL gives the transaction up in favour of another (deadlock, serialization), it runs again
 * from the start, so `work` must do nothing that a rollback does not undo.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  options: { timeout?: number; isolationLevel?: Prisma.TransactionIsolationLevel } = {},
): Promise<T> {
  if (!('$transaction' in db)) return work(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(work, { maxWait: 10_000, timeout: 20_000, ...options });
    } catch (error) {
      if (attempt === tries || !isGivenUp(error)) throw error;
    }
  }
}

// A raw query fails as P2010 whatever happened; what the driver says of it is in `meta`.
function sqlStateOf(error: Prisma.PrismaClientKnownRequestError): string {
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: string; kind?: string } };
  };
  const { originalCode, kind } = driverAdapterError?.cause ?? {};
  return originalCode ?? (kind !== undefined && lostKinds.has(kind) ? '08000' : '');
}

const lostKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);

function isGivenUp(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2034' || ['40001', '40P01'].includes(sqlStateOf(error));
}

/** Not reached, timed out, closed, no free connection, no transaction in time, too many clients. */
const unavailableCodes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017'],
  ...['P2024', 'P2028', 'P2037'],
]);

/** Lost connections (08), no resources (53), shutting down or starting (57P), waited too long. */
const unavailableStates = /^(?:08|53|57P|57014|55P03)/;

/** What the pool and the driver say without a code. */
const unavailableWords =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

function isUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (unavailableCodes.has(error.code) || isGivenUp(error)) return true;
    return unavailableStates.test(sqlStateOf(error));
  }
  return error instanceof Error && unavailableWords.test(error.message);
}

/** True for a unique violation (P2002), of `constraint` where one is named by part of its columns. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/**
 * Prisma's P2002 and P2025, foreign-key failures and a database that is away or too busy as the
 * house's errors; anything else unchanged.
 */
export function asAppError(error: unknown): unknown {
  if (isUnavailable(error)) return new UnavailableError(undefined, { cause: error });
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error;
  if (error.code === 'P2002') return new ConflictError('This is already taken.');
  if (error.code === 'P2025') return new NotFoundError();
  if (error.code === 'P2003') return new ConflictError('This is still in use elsewhere.');
  return error;
}
