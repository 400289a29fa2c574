import pg from 'pg';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createDatabase, type Database } from '#src/platform/db.js';
import { createLogger, type Logger } from '#src/platform/logger.js';
import { truncateAll, workerDatabaseUrl } from '../support/database.js';

/** The queue of this test worker's database, empty before every test, with a clock to set. */
export type TestQueue = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly log: Logger;
  now(): Date;
  setClock(date: string): void;
};

/** Gives a test file its queue. */
export function useQueue(): TestQueue {
  let db: Database;
  let databaseUrl: string;
  let maintenance: pg.Client;
  let now: Date;
  const log = createLogger('silent');
  beforeAll(async () => {
    databaseUrl = await workerDatabaseUrl();
    db = createDatabase(databaseUrl, { poolSize: 3 });
    maintenance = new pg.Client(databaseUrl);
    await maintenance.connect();
  });
  beforeEach(async () => {
    now = new Date('2026-11-21T12:00:00Z');
    await truncateAll(maintenance);
  });
  afterAll(async () => {
    await db.$disconnect();
    await maintenance.end();
  });
  return {
    get db() {
      return db;
    },
    get databaseUrl() {
      return databaseUrl;
    },
    log,
    now: () => now,
    setClock: (date) => void (now = new Date(date)),
  };
}
