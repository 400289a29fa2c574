import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { ImportFileError, type ImportFileProblem } from './import-file-error.js';
import type { PictureState } from './pictures.queries.js';
import { PASSWORD_COMMAND, sentenceOf } from './report-text.js';
import {
  importedKinds,
  pictureCounts,
  type ImportedCount,
  type ImportedKind,
  type ImportReport,
} from './report.js';
import type { Run } from './runs.queries.js';

/** Seconds after which the page of a running import is loaded again without a script. */
const REFRESH = 3;

/** How the same is done from the command line, where a copy of the pictures is at hand. */
const COMMAND = 'npx billet import wordpress export.xml --media-dir wp-content/uploads';

/** The page with the form and the history. */
export interface ImportPage {
  runs: Run[];
  problems: FieldProblems;
}

/** The page of one run. */
export interface RunPage {
  run: Run;
  pictures: PictureState;
  failed: { url: string; error: string | null }[];
}

/** A line of the table of what came in. */
interface CountLine extends ImportedCount {
  kind: ImportedKind;
}

/** The lines of the table; pictures count as they stand now, not as the file has them. */
function countLines(report: ImportReport | null, pictures: PictureState): CountLine[] {
  if (report === null) return [];
  return importedKinds
    .map((kind) => ({ kind, ...report.counts[kind] }))
    .filter(({ created, existing, skipped }) => created + existing + skipped > 0)
    .map((line) => {
      if (line.kind !== 'picture' || report.dryRun) return line;
      const { here, failed, existing, skipped } = pictureCounts(line, pictures);
      return { kind: line.kind, created: here, existing, skipped: skipped + failed };
    });
}

/** What the page says of a run that ended well. */
function outcomeOf(
  report: ImportReport | null,
  pictures: PictureState,
): 'dryRunDone' | 'coming' | 'lacking' | 'done' {
  if (report?.dryRun === true) return 'dryRunDone';
  if (pictures.waiting > 0) return 'coming';
  return pictures.failed > 0 ? 'lacking' : 'done';
}

function reportOf(run: Run): ImportReport | null {
  const report = run.report as Partial<ImportReport> | null;
  return report?.counts === undefined ? null : (report as ImportReport);
}

function isRunning(run: Run): boolean {
  return run.state !== 'done' && run.state !== 'failed';
}

/** Why a run failed, in the reader's language where we know the reason. */
function problemOf(res: Response, run: Run): string | null {
  if (run.state !== 'failed') return null;
  const { problem } = run.report as {
    problem?: { code: ImportFileProblem; values: Record<string, string | number> } | null;
  };
  if (!problem) return translatorOf(res)('transfer.failedUnknown');
  return sentenceOf(new ImportFileError(problem.code, problem.values), translatorOf(res));
}

/** Shows the form and the history. */
export function renderImportPage(res: Response, page: ImportPage): void {
  renderPage(res, 'transfer/list', {
    ...page,
    command: COMMAND,
    title: translatorOf(res)('transfer.title'),
    layout: 'admin',
    status: Object.keys(page.problems).length > 0 ? 422 : 200,
  });
}

/** Shows how far a run is, or what came of it. */
export function renderRunPage(res: Response, { run, pictures, failed }: RunPage): void {
  const report = reportOf(run);
  renderPage(res, 'transfer/run', {
    run,
    report,
    counts: countLines(report, pictures),
    outcome: outcomeOf(report, pictures),
    passwordCommand:
      report?.dryRun === false && report.counts.author.created > 0 ? PASSWORD_COMMAND : null,
    pictures,
    failed,
    running: isRunning(run),
    problem: problemOf(res, run),
    progress: progressJson(res, run, pictures),
    title: translatorOf(res)('transfer.runTitle', { file: run.filename }),
    layout: 'admin',
    refresh: isRunning(run) || pictures.waiting > 0 ? REFRESH : undefined,
    scripts: ['js/import-admin.js'],
  });
}

/** How far a run is, for its page's script. */
export function progressJson(res: Response, run: Run, pictures: PictureState) {
  const t = translatorOf(res);
  const percent = run.total > 0 ? Math.min(100, Math.floor((run.done / run.total) * 100)) : 0;
  return {
    state: run.state,
    running: isRunning(run),
    percent: run.state === 'waiting' ? 0 : percent,
    label: t(`transfer.states.${run.state}`, { percent }),
    pictures: {
      ...pictures,
      rest: t('transfer.picturesRest', { ...pictures }),
      label: t('transfer.picturesLine', { ...pictures }),
    },
  };
}
