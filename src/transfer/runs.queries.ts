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
