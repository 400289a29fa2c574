import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startThrowawayPostgres } from '#src/platform/embedded-postgres/throwaway.js';
import { applyMigrations } from '#src/platform/migrations/index.js';
import { createLogger } from '#src/platform/logger.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

const template = 'billet_template';

/** One PostgreSQL for the run, with one migrated database that every worker clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const major = process.env.TEST_POSTGRES === 'oldest' ? 'oldest' : 'newest';
  const server = await startThrowawayPostgres({ major });
  await applyMigrations(await createDatabase(server, template), { log: createLogger('warn') });
  project.provide('postgres', { adminUrl: server.adminUrl, template });
  return () => server.stop();
}

async function createDatabase(
  server: Awaited<ReturnType<typeof startThrowawayPostgres>>,
  name: string,
): Promise<string> {
  const client = new pg.Client(server.adminUrl);
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  process.stdout.write(`Tests run on PostgreSQL ${rows[0]?.server_version}.\n`);
  await client.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  await client.end();
  return server.url(name);
}
