import { readFile } from 'node:fs/promises';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { ignoreLateErrors, reasonOf, withConnection } from './connection.js';
import { migrationsFolder, schemaFile } from './locations.js';
import { readMigrations, toMigrationList, type Migration } from './migration-files.js';
import { MigrationError } from './migration-error.js';
import { withSchemaEngine } from './schema-engine.js';
import { statusOf } from './status.js';

/** What a run of the migrations did: the names of those it applied, in order. */
export type AppliedMigrations = { applied: string[] };

type Options = {
  log?: { info(message: string): void; warn(message: string): void };
  /** The folder of migrations, for tests. */
  folder?: string;
};

// Any number that nothing else locks; it spells "billet" in ASCII.
const lockKey = '108170450724212';

/**
 * Brings the database to the schema of this version: Billet's migrations, then the job queue's own.
 * Several processes may call this at once; one works while the others wait. Each migration is one
 * transaction, so one that fails or is interrupted leaves nothing behind and is tried again next
 * time. The record is the table `_prisma_migrations`, which Prisma's own tools read too.
 *
 * @throws MigrationError naming the migration that failed, or when the database cannot be used
 */
export async function applyMigrations(
  databaseUrl: string,
  options: Options = {},
): Promise<AppliedMigrations> {
  const folder = options.folder ?? migrationsFolder;
  const migrations = await readMigrations(folder);
  return withConnection(databaseUrl, async (client) => {
    // Held by this connection: it is released even when the process is killed.
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const applied = await applyPending(client, databaseUrl, folder, migrations, options);
    await applyQueueMigrations(databaseUrl);
    return { applied };
  });
}

async function applyPending(
  client: pg.Client,
  databaseUrl: string,
  folder: string,
  migrations: Migration[],
  options: Options,
): Promise<string[]> {
  const status = await statusOf(client, migrations);
  if (status.unknown.length > 0) {
    options.log?.warn(
      `The database has migrations of a newer version of Billet: ${status.unknown.join(', ')}.`,
    );
  }
  await forgetInterrupted(client, status.failed);
  if (status.pending.length === 0) return [];
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
  try {
    const { appliedMigrationNames } = await withSchemaEngine(
      databaseUrl,
      schema,
      (engine) =>
        engine.applyMigrations({
          migrationsList: toMigrationList(folder, migrations),
          filters: { externalTables: [], externalEnums: [] },
        }),
      (script) => recordInSameTransaction(script, migrations),
    );
    for (const name of appliedMigrationNames) options.log?.info(`Applied migration ${name}.`);
    return appliedMigrationNames;
  } catch (error) {
    const { failed } = await statusOf(client, migrations);
    const name = failed[0];
    await forgetInterrupted(client, failed);
    if (name === undefined) throw new MigrationError(`Migrating failed: ${reasonOf(error)}.`);
    throw new MigrationError(
      `The migration ${name} failed and left nothing behind: ${reasonOf(error)}.`,
    );
  }
}

// A record without an end belongs to a transaction that PostgreSQL has rolled back: the end is
// written inside the same transaction (below), and we hold the lock, so nobody is at work on it.
async function forgetInterrupted(client: pg.Client, names: string[]): Promise<void> {
  if (names.length === 0) return;
  await client.query(
    `update public._prisma_migrations set rolled_back_at = now()
      where finished_at is null and rolled_back_at is null`,
  );
}

function recordInSameTransaction(script: string, migrations: Migration[]): string {
  if (!migrations.some(({ sql }) => sql === script)) return script;
  return `${script}
;UPDATE public._prisma_migrations SET finished_at = now()
  WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;
}

const silentLogger = new Logger(() => () => undefined);

async function applyQueueMigrations(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  ignoreLateErrors(pool);
  try {
    await runMigrations({ pgPool: pool, logger: silentLogger });
  } catch (error) {
    throw new MigrationError(`The job queue's own migration failed: ${reasonOf(error)}.`);
  } finally {
    await pool.end();
  }
}
