import type { Command } from 'commander';
import { createStorage } from '#src/media/index.js';
import { examine, type Finding } from '#src/ops/index.js';
import { openDatabase, quietLogger, readConfig } from './open-site.js';
import { print, printJson } from './output.js';

/** `billet doctor`: looks at everything and says what to do; fails when something does not work. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check database, mail, storage, Redis, disk, time and address, and say what to do')
    .option('--json', 'print data as JSON')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const findings = await examine({
        config,
        openDatabase: () => openDatabase(config, quietLogger(config)),
        storage: createStorage(config),
      });
      if (options.json === true) printJson(findings);
      else findings.forEach(show);
      if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
    });
}

function show({ check, state, message, advice }: Finding): void {
  print(`${state.padEnd(4)}  ${check.padEnd(10)}  ${message}`);
  if (advice !== undefined) print(`${' '.repeat(18)}${advice}`);
}
