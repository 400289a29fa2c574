import type { Command } from 'commander';
import { serve, work } from './serving.js';

/** `billet serve` and `billet worker`: the two that run until they are asked to end. */
export function addServeCommands(program: Command): void {
  program
    .command('serve')
    .description('run the site; with no DATABASE_URL also its embedded PostgreSQL')
    .option('--no-worker', 'leave jobs to another process (billet worker)')
    .action(async (options: { worker: boolean }) => {
      process.exitCode = await serve(options);
    });
  program
    .command('worker')
    .description('run the job worker alone')
    .action(async () => {
      process.exitCode = await work();
    });
}
