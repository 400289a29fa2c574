import { CommanderError } from 'commander';
import { ConfigError } from '#src/config/env.js';
import { EmbeddedPostgresError } from '#src/platform/embedded-postgres/index.js';
import { AppError } from '#src/platform/errors.js';
import { ListenError } from '#src/platform/http-server.js';
import { MigrationError } from '#src/platform/migrations/index.js';
import { CommandError, UsageError } from './commands/command-error.js';
import { createProgram } from './commands/program.js';

const failed = 1;
const wrongUse = 2;

/** Errors whose message says all there is to say to whoever runs a command. */
const plain = [
  AppError,
  CommandError,
  ConfigError,
  EmbeddedPostgresError,
  ListenError,
  MigrationError,
];

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUse;
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return wrongUse;
  }
  const message =
    error instanceof Error && plain.some((kind) => error instanceof kind)
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${message}\n`);
  return failed;
}

// A reader that has seen enough (`billet user list | head`) is no failure.
process.stdout.on('error', () => process.exit(0));

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
}
process.exit();
