import type { Command } from 'commander';
import {
  applyMigrations,
  migrationStatus,
  type MigrationStatus,
} from '#src/platform/migrations/index.js';
import { openDatabase, quietLogger, readConfig } from './open-site.js';
import { print, printJson } from './output.js';

type Options = { status?: boolean; json?: boolean };

/** `billet migrate`: applies migrations, or lists them. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('apply the migrations that the database has not seen')
    .option('--status', 'list migrations and change nothing')
    .option('--json', 'print data as JSON')
    .action(async (options: Options) => {
      const config = readConfig();
      const database = await openDatabase(config, quietLogger(config));
      try {
        if (options.status === true) showStatus(await migrationStatus(database.url), options);
        else showApplied((await applyMigrations(database.url)).applied, options);
      } finally {
        await database.close();
      }
    });
}

function showApplied(applied: string[], options: Options): void {
  if (options.json === true) printJson({ applied });
  else if (applied.length === 0) print('The database is up to date.');
  else print(...applied.map((name) => `applied  ${name}`));
}

function showStatus(status: MigrationStatus, options: Options): void {
  if (options.json === true) return printJson(status);
  const lines = (word: string, names: string[]): string[] =>
    names.map((name) => `${word.padEnd(8)} ${name}`);
  print(
    ...lines('applied', status.applied),
    ...lines('pending', status.pending),
    ...lines('edited', status.edited),
    ...lines('failed', status.failed),
    ...lines('unknown', status.unknown),
  );
}
