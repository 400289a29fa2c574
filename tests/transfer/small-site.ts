import path from 'node:path';
import { importWordPress, type ImportResult } from '#src/transfer/index.js';
import type { TestApp } from '../support/app.js';

/** Our own small export: every case of the import once. */
export const smallSite = path.resolve(import.meta.dirname, '../fixtures/transfer/small-site.xml');

/** WordPress's theme test data, where it lies beside the project. */
export const themeData = path.resolve(
  import.meta.dirname,
  '../../../shared/data/import/theme-unit-test.wxr.xml',
);

/** Imports a file into the test's site. */
export function importFile(
  app: TestApp,
  file: string,
  options: { dryRun?: boolean; mediaDir?: string } = {},
): Promise<ImportResult> {
  return importWordPress(app.ctx, {
    path: file,
    filename: path.basename(file),
    dryRun: options.dryRun === true,
    mediaDir: options.mediaDir,
  });
}

/** Every table (but those named) with what is in it, for comparing before with after. */
export async function snapshot(
  app: TestApp,
  except: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const tables = await app.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`;
  const entries: [string, unknown][] = [];
  for (const { name } of tables) {
    if (except.includes(name)) continue;
    const [row] = await app.db.$queryRawUnsafe<{ rows: unknown }[]>(
      `SELECT coalesce(jsonb_agg(t ORDER BY t::text), '[]') AS rows FROM "${name}" t`,
    );
    entries.push([name, row?.rows]);
  }
  return Object.fromEntries(entries);
}
