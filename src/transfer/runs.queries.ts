import type { Db } from '#src/platform/db.js';
import type { ImportReport } from './report.js';

/** Notes the beginning of an import. Returns its number. */
export async function startRun(
  db: Db,
  run: { filename: string; userId: number | null; now: Date },
): Promise<number> {
  const { id } = await db.importRun.create({
    data: {
      format: 'wordpress',
      filename: run.filename,
      userId: run.userId,
      state: 'importing',
      createdAt: run.now,
    },
    select: { id: true },
  });
  return id;
}

/** Notes that an import is done; in its own transaction, so that both are true at once. */
export async function finishRun(
  tx: Db,
  id: number,
  result: { report: ImportReport; total: number; now: Date },
): Promise<void> {
  await tx.importRun.update({
    where: { id },
    data: {
      state: 'done',
      error: null,
      report: JSON.parse(JSON.stringify(result.report)) as object,
      total: result.total,
      done: result.total,
      finishedAt: result.now,
    },
    select: { id: true },
  });
}

/** What a run does when it is not what the file says alone. */
export interface RunOptions {
  dryRun: boolean;
}

/** Notes a file that waits for its import. Returns the run's number. */
export async function insertRun(
  tx: Db,
  run: { filename: string; path: string; options: RunOptions; userId: number; now: Date },
): Promise<number> {
  const { id } = await tx.importRun.create({
    data: {
      format: 'wordpress',
      filename: run.filename,
      path: run.path,
      options: { ...run.options },
      userId: run.userId,
      createdAt: run.now,
    },
    select: { id: true },
  });
  return id;
}

/** A run with whoever started it, or null. */
export function findRun(db: Db, id: number) {
  return db.importRun.findUnique({
    where: { id },
    include: { user: { select: { displayName: true } } },
  });
}

/** A run as stored. */
export type Run = NonNullable<Awaited<ReturnType<typeof findRun>>>;

/** The last runs, newest first. */
export function listRuns(db: Db, limit: number): Promise<Run[]> {
  return db.importRun.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { user: { select: { displayName: true } } },
  });
}

/** Notes how far a run is; the import's own transaction shows nothing until it ends. */
export async function noteProgress(
  db: Db,
  id: number,
  progress: { state: 'validating' | 'importing'; done: number; total: number },
): Promise<void> {
  await db.importRun.updateMany({
    where: { id, state: { notIn: ['done', 'failed'] } },
    data: progress,
  });
}

/** Notes what a dry run would have done. */
export async function finishDryRun(
  db: Db,
  id: number,
  report: ImportReport,
  now: Date,
): Promise<void> {
  await db.importRun.update({
    where: { id },
    data: { state: 'done', report: JSON.parse(JSON.stringify(report)) as object, finishedAt: now },
    select: { id: true },
  });
}

/** Notes why an import failed: `problem` for the page, `error` in English for programs. */
export async function failRun(
  db: Db,
  id: number,
  failure: {
    error: string;
    problem: { code: string; values: Record<string, string | number> } | null;
    now: Date;
  },
): Promise<void> {
  await db.importRun.update({
    where: { id },
    data: {
      state: 'failed',
      error: failure.error,
      report: { problem: failure.problem },
      finishedAt: failure.now,
    },
    select: { id: true },
  });
}

/** Notes that the file of a run is gone. */
export async function forgetFile(db: Db, id: number): Promise<void> {
  await db.importRun.updateMany({ where: { id }, data: { path: null } });
}

/** Files that runs still need. */
export async function listNeededFiles(db: Db): Promise<string[]> {
  const rows = await db.importRun.findMany({
    where: { path: { not: null } },
    select: { path: true },
  });
  return rows.flatMap((row) => (row.path === null ? [] : [row.path]));
}
