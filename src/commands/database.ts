import type { Command } from 'commander';
import { createLogger } from '#src/platform/logger.js';
import { CommandError } from './command-error.js';
import { openDatabase, readConfig } from './open-site.js';
import { openedUnlessEnded, untilEnd } from './signals.js';

/** `billet database`: the embedded PostgreSQL alone, in the foreground, for supervisors. */
export function addDatabaseCommand(program: Command): void {
  program
    .command('database')
    .description('run the embedded PostgreSQL alone')
    .action(async () => {
      process.exitCode = await runDatabase();
    });
}

async function runDatabase(): Promise<number> {
  const config = readConfig();
  if (config.databaseUrl !== undefined) {
    throw new CommandError(
      'DATABASE_URL is set, so there is no embedded database to run: unset it, or run that PostgreSQL yourself.',
    );
  }
  const log = createLogger(config.logLevel);
  const ended = untilEnd(log);
  const opening = openDatabase(config, log, { keepRunning: true });
  const database = await openedUnlessEnded(opening, ended, 8_000);
  if (database === null) return (await ended).status;
  const { hostname, port } = new URL(database.url);
  process.stdout.write(`The embedded database runs on ${hostname}, port ${port}.\n`);
  const { status } = await ended;
  await database.close();
  return status;
}
