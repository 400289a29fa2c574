import path from 'node:path';
import cliProgress from 'cli-progress';
import type { Command } from 'commander';
import type { Context } from '#src/context.js';
import {
  ImportFileError,
  importWordPress,
  reportLines,
  sentenceOf,
  type ImportProgress,
  type ImportResult,
} from '#src/transfer/index.js';
import { CommandError } from './command-error.js';
import { withSite } from './open-site.js';
import { print, printJson } from './output.js';

type Options = { mediaDir?: string; dryRun?: boolean; json?: boolean };

/** `billet import wordpress FILE.xml`: brings a site in. */
export function addImportCommands(program: Command): void {
  program
    .command('import')
    .description('bring a site in; safe to run again')
    .command('wordpress')
    .description('import a WordPress export (WXR, from Tools → Export)')
    .argument('<file>', 'the .xml file')
    .option(
      '--media-dir <folder>',
      'take pictures from a copy of wp-content/uploads instead of the network',
    )
    .option('--dry-run', 'read and convert everything, change nothing, print the report')
    .option('--json', 'print the report as JSON')
    .action(importFile);
}

async function importFile(file: string, options: Options): Promise<void> {
  const { report, pictures, lines } = await withSite(async (ctx) => {
    const { report, pictures } = await runImport(ctx, path.resolve(file), options);
    const t = ctx.catalogue.translator('en');
    return { report, pictures, lines: reportLines(report, t, pictures) };
  });
  if (options.json === true) printJson({ ...report, pictures });
  else print(...lines);
}

async function runImport(ctx: Context, file: string, options: Options): Promise<ImportResult> {
  const bar = progressBar();
  try {
    return await importWordPress(ctx, {
      path: file,
      filename: path.basename(file),
      dryRun: options.dryRun === true,
      mediaDir: options.mediaDir === undefined ? undefined : path.resolve(options.mediaDir),
      onProgress: bar.show,
    });
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    throw new CommandError(
      `${path.basename(file)}: ${sentenceOf(error, ctx.catalogue.translator('en'))}`,
    );
  } finally {
    bar.stop();
  }
}

/** A bar on standard error, where that is a terminal. */
function progressBar(): { show(progress: ImportProgress): void; stop(): void } {
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
    format: '{phase} [{bar}] {percentage}%',
    hideCursor: true,
  });
  let started = false;
  return {
    show({ phase, done, total }) {
      if (process.stderr.isTTY !== true) return;
      if (!started) bar.start(Math.max(1, total), 0, { phase });
      started = true;
      bar.setTotal(Math.max(1, total));
      bar.update(done, { phase: phase.padEnd(10) });
    },
    stop: () => bar.stop(),
  };
}
