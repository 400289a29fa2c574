import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Express } from 'express';
import pg from 'pg';
import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createApp } from '#src/app.js';
import { configFrom } from '#src/config/config.js';
import { parseEnv } from '#src/config/env.js';
import { createContext, type Context } from '#src/context.js';
import type { Database } from '#src/platform/db.js';
import { createLogger } from '#src/platform/logger.js';
import type { Role } from '#src/users/index.js';
import { createUser, testPassword } from './factories.js';
import { truncateAll, workerDatabaseUrl } from './database.js';

/** The instant at which every test begins. */
export const testNow = new Date('2026-11-21T12:00:00.000Z');

/** The real application on a real database, with a clock that a test holds. */
export interface TestApp {
  readonly ctx: Context;
  readonly express: Express;
  readonly db: Database;
  readonly clock: { set(date: Date | string): void; now(): Date };
  /** Somebody without a session. */
  request(): ReturnType<typeof supertest>;
  /** An agent that is logged in as a new user with this role. */
  loginAs(role: Role): Promise<LoggedIn>;
}

/** A browser with a session, and whose it is. */
export interface LoggedIn {
  agent: ReturnType<typeof supertest.agent>;
  user: Awaited<ReturnType<typeof createUser>>;
}

/** Gives a test file its application; rows, jobs and the clock start anew before every test. */
export function useApp(env: Record<string, string> = {}): TestApp {
  let ctx: Context;
  let express: Express;
  let maintenance: pg.Client;
  let now = testNow;
  const folder = mkdtempSync(path.join(tmpdir(), 'billet-test-'));

  beforeAll(async () => {
    const databaseUrl = await workerDatabaseUrl();
    const config = configFrom(
      parseEnv({
        BASE_URL: 'http://blog.test',
        DATA_DIR: path.join(folder, 'data'),
        MEDIA_DIR: path.join(folder, 'media'),
        SESSION_SECRET: 'a secret that only the tests know, 32+',
        LOG_LEVEL: 'silent',
        ...env,
      }),
    );
    maintenance = new pg.Client(databaseUrl);
    await maintenance.connect();
    ctx = createContext(config, databaseUrl, createLogger(config.logLevel), {
      now: () => now,
      poolSize: 5,
    });
    express = createApp(ctx);
  });
  beforeEach(async () => {
    now = testNow;
    await truncateAll(maintenance);
  });
  afterAll(async () => {
    await ctx?.close();
    await maintenance?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const app: TestApp = {
    get ctx() {
      return ctx;
    },
    get express() {
      return express;
    },
    get db() {
      return ctx.db;
    },
    clock: { set: (date) => void (now = new Date(date)), now: () => now },
    request: () => supertest(express),
    async loginAs(role) {
      const user = await createUser(ctx.db, { role, password: testPassword });
      const agent = supertest.agent(express);
      await agent
        .post('/login')
        .type('form')
        .send({ login: user.username, password: testPassword })
        .expect(303);
      return { agent, user };
    },
  };
  return app;
}
