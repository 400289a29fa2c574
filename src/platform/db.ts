import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '#src/generated/prisma/client.js';
import { ConflictError, NotFoundError } from './errors.js';

/** The client or a transaction: what every query takes first. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** The client itself, for those who open transactions. */
export type Database = PrismaClient;

export { Prisma };

/** Connects to PostgreSQL. Every connection speaks UTC. */
export function createDatabase(url: string, options: { poolSize?: number } = {}): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: options.poolSize ?? 10,
    options: '-c TimeZone=UTC',
    application_name: 'billet',
  });
  return new PrismaClient({ adapter });
}

/** Runs `work` in one transaction; inside another one it joins that. Times in milliseconds. */
export function inTransaction<T>(
  db: Db,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  options: { timeout?: number; isolationLevel?: Prisma.TransactionIsolationLevel } = {},
): Promise<T> {
  if (!('$transaction' in db)) return work(db);
  return db.$transaction(work, { maxWait: 10_000, timeout: 20_000, ...options });
}

/** True for a unique violation (P2002), of `constraint` where one is named by part of its columns. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** Prisma's P2002 and P2025 and foreign-key failures as the house's errors; anything else unchanged. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error;
  if (error.code === 'P2002') return new ConflictError('This is already taken.');
  if (error.code === 'P2025') return new NotFoundError();
  if (error.code === 'P2003') return new ConflictError('This is still in use elsewhere.');
  return error;
}
