import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { programRoot } from '#src/platform/paths.js';
import { addDatabaseCommand } from './database.js';
import { addDemoCommand } from './demo.js';
import { addDoctorCommand } from './doctor.js';
import { addImportCommands } from './import.js';
import { addMigrateCommand } from './migrate.js';
import { addServeCommands } from './serve.js';
import { addUserCommands } from './user.js';

/** The command line: every command, none of them run yet. */
export function createProgram(): Command {
  const program = new Command('billet')
    .description('A self-hosted, server-rendered blog.')
    .version(version())
    .showHelpAfterError('(billet --help lists every command)')
    .exitOverride();
  addServeCommands(program);
  addDatabaseCommand(program);
  addMigrateCommand(program);
  addUserCommands(program);
  addImportCommands(program);
  addDemoCommand(program);
  addDoctorCommand(program);
  return program;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(programRoot, 'package.json'), 'utf8'));
  const found = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return found ? String(manifest.version) : '0';
}
