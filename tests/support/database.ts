import pg from 'pg';
import { inject } from 'vitest';

/** Address of this worker's own database, cloned from the migrated template on first use. */
export async function workerDatabaseUrl(): Promise<string> {
  const { adminUrl, template } = inject('postgres');
  const name = `billet_test_${process.env.VITEST_POOL_ID ?? '0'}`;
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    // Two files of one worker never run at once, so nobody else creates this name meanwhile.
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

const keptTables = new Set(['_prisma_migrations']);

/** Empties every table and starts ids from 1 again. */
export async function truncateAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const names = rows.map((row) => row.name).filter((name) => !keptTables.has(name));
  await client.query(
    `TRUNCATE ${names.map((name) => `"${name}"`).join(', ')} RESTART IDENTITY CASCADE`,
  );
  const jobs = await client.query(`SELECT to_regclass('graphile_worker._private_jobs') AS found`);
  if (jobs.rows[0]?.found) await client.query('TRUNCATE graphile_worker._private_jobs');
}
