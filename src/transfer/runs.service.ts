import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { enqueue, type JobRun } from '#src/jobs/index.js';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import type { Catalogue } from '#src/platform/i18n.js';
import { ImportFileError } from './import-file-error.js';
import { importWordPress } from './import.service.js';
import type { ImportProgress } from './importing.types.js';
import type { PictureDeps } from './pictures.service.js';
import { sentenceOf } from './report-text.js';
import { runImport } from './run-import.job.js';
import {
  failRun,
  findRun,
  finishDryRun,
  forgetFile,
  insertRun,
  listNeededFiles,
  noteProgress,
  type Run,
} from './runs.queries.js';

/** Milliseconds between two notes of how far an import is. */
const NOTE_EVERY = 400;

/** A file that no run needs is a killed upload's after this many milliseconds. */
const LEFTOVER_AGE = 6 * 60 * 60 * 1000;

/** Where uploaded exports wait, below DATA_DIR. */
export const IMPORT_FOLDER = 'imports';

/** What runs take. */
export type RunDeps = PictureDeps & {
  config: { baseUrl: string; dataDir: string };
  catalogue: Catalogue;
};

/** Has an uploaded file imported; `file` lies in the import folder. Returns the run's number. */
export async function startImport(
  deps: { db: Database; now: () => Date },
  upload: {
    file: string;
    filename: string;
    dryRun: boolean;
    userId: number;
    address: string | null;
  },
): Promise<number> {
  return inTransaction(deps.db, async (tx) => {
    const runId = await insertRun(tx, {
      filename: upload.filename,
      path: `${IMPORT_FOLDER}/${path.basename(upload.file)}`,
      options: { dryRun: upload.dryRun },
      userId: upload.userId,
      now: deps.now(),
    });
    await recordAudit(tx, {
      actorId: upload.userId,
      address: upload.address,
      action: 'import.start',
      targetType: 'import',
      targetId: runId,
      data: { filename: upload.filename, dryRun: upload.dryRun },
    });
    await enqueue(tx, runImport, { runId });
    return runId;
  });
}

/** Does the import of a run; again, from the beginning, when its worker died on the way. */
export async function performRun(deps: RunDeps, runId: number, job: JobRun): Promise<void> {
  const run = await findRun(deps.db, runId);
  if (run === null) return;
  if (run.state !== 'done' && run.state !== 'failed') await importRun(deps, run, job);
  await removeFile(deps, run);
}

async function importRun(deps: RunDeps, run: Run, job: JobRun): Promise<void> {
  const dryRun = (run.options as { dryRun?: unknown }).dryRun === true;
  try {
    const result = await importWordPress(deps, {
      path: path.join(deps.config.dataDir, run.path ?? `${IMPORT_FOLDER}/gone`),
      filename: run.filename,
      dryRun,
      runId: run.id,
      onProgress: progressNotes(deps.db, run.id),
    });
    if (dryRun) await finishDryRun(deps.db, run.id, result.report, deps.now());
  } catch (error) {
    const isBusy = error instanceof ImportFileError && error.code === 'busy';
    const mayPass = isBusy || !(error instanceof ImportFileError);
    if (mayPass && job.attempt < job.maxAttempts) throw error;
    if (mayPass) job.log.error({ err: error, runId: run.id }, 'an import failed');
    await failRun(deps.db, run.id, { ...failureOf(error, deps.catalogue), now: deps.now() });
  }
}

function failureOf(error: unknown, catalogue: Catalogue) {
  if (!(error instanceof ImportFileError)) return { error: 'The import failed.', problem: null };
  // Where the file lies is nobody's business but the operator's.
  const values = error.code === 'missing' ? { path: 'the upload folder' } : error.values;
  const shown = new ImportFileError(error.code, values);
  return {
    error: sentenceOf(shown, catalogue.translator('en')),
    problem: { code: error.code, values },
  };
}

function progressNotes(db: Database, runId: number): (progress: ImportProgress) => Promise<void> {
  let last = 0;
  return async ({ phase, done, total }) => {
    const now = performance.now();
    if (now - last < NOTE_EVERY || phase === 'pictures') return;
    last = now;
    // Bytes may be more than an integer column holds: kilobytes.
    const scale = phase === 'validating' ? 1024 : 1;
    await noteProgress(db, runId, {
      state: phase,
      done: Math.floor(done / scale),
      total: Math.ceil(total / scale),
    });
  };
}

async function removeFile(deps: RunDeps, run: Run): Promise<void> {
  if (run.path === null) return;
  await rm(path.join(deps.config.dataDir, run.path), { force: true });
  await forgetFile(deps.db, run.id);
}

/** Removes uploads that were cut off by the end of their process. */
export async function removeLeftovers(db: Database, dataDir: string): Promise<void> {
  const needed = new Set(await listNeededFiles(db));
  const before = Date.now() - LEFTOVER_AGE;
  for (const name of await readdir(path.join(dataDir, IMPORT_FOLDER))) {
    const file = path.join(dataDir, IMPORT_FOLDER, name);
    if (needed.has(`${IMPORT_FOLDER}/${name}`) || (await stat(file)).mtimeMs > before) continue;
    await rm(file, { force: true });
  }
}
