import { createHash } from 'node:crypto';
import type pg from 'pg';
import { withConnection } from './connection.js';
import { migrationsFolder } from './locations.js';
import { readMigrations, type Migration } from './migration-files.js';

/** How the database stands to the migrations of this version; each list holds names in order. */
export type MigrationStatus = {
  applied: string[];
  pending: string[];
  /** Begun, and not known to have ended. */
  failed: string[];
  /** Applied, but the file has changed since. */
  edited: string[];
  /** Applied by another (newer) version of Billet. */
  unknown: string[];
};

/** Compares the migrations of `prisma/migrations` with those that the database has seen. */
export async function migrationStatus(databaseUrl: string): Promise<MigrationStatus> {
  const migrations = await readMigrations(migrationsFolder);
  return withConnection(databaseUrl, (client) => statusOf(client, migrations));
}

type Record = { name: string; checksum: string; finished: boolean };

/** The same on an open connection and with migrations already read. */
export async function statusOf(
  client: pg.Client,
  migrations: Migration[],
): Promise<MigrationStatus> {
  const records = await readRecords(client);
  const finished = new Map(
    records.filter((record) => record.finished).map((record) => [record.name, record.checksum]),
  );
  const known = new Set(migrations.map(({ name }) => name));
  const applied = migrations.filter(({ name }) => finished.has(name));
  return {
    applied: applied.map(({ name }) => name),
    pending: migrations.map(({ name }) => name).filter((name) => !finished.has(name)),
    failed: records.filter((record) => !record.finished).map(({ name }) => name),
    edited: applied
      .filter(({ name, sql }) => finished.get(name) !== checksumOf(sql))
      .map(({ name }) => name),
    unknown: [...finished.keys()].filter((name) => !known.has(name)),
  };
}

async function readRecords(client: pg.Client): Promise<Record[]> {
  const table = await client.query<{ exists: boolean }>(
    `select to_regclass('public._prisma_migrations') is not null as exists`,
  );
  if (table.rows[0]?.exists !== true) return [];
  const { rows } = await client.query<Record>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from public._prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  return rows;
}

// The engine stores the SHA-256 of the script in hexadecimal.
function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
