import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { MigrationError } from './migration-error.js';

/** One reviewed migration of `prisma/migrations`. */
export type Migration = { name: string; sql: string };

/** Reads the migrations in the order of their names, which begin with a timestamp. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      try {
        return { name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') };
      } catch {
        throw new MigrationError(`The migration ${name} has no readable migration.sql.`);
      }
    }),
  );
}

/** The list in the form that Prisma's schema engine takes. */
export function toMigrationList(folder: string, migrations: Migration[]): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
