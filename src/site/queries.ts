import type { Db } from '#src/platform/db.js';
import { Prisma } from '#src/platform/db.js';

/** Every stored setting, by key. */
export async function findSettings(db: Db): Promise<Record<string, unknown>> {
  const rows = await db.setting.findMany({ select: { key: true, value: true } });
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

/** Writes settings; keys that are not named stay. */
export async function storeSettings(
  db: Db,
  values: Record<string, Prisma.InputJsonValue>,
): Promise<void> {
  const rows = Object.entries(values).map(
    ([key, value]) => Prisma.sql`(${key}, ${JSON.stringify(value)}::jsonb, now())`,
  );
  await db.$executeRaw`
    INSERT INTO settings (key, value, updated_at) VALUES ${Prisma.join(rows)}
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
    WHERE settings.value IS DISTINCT FROM excluded.value`;
}

/** Answer of the table of redirects for any of these sources, the first one first. */
export async function findRedirect(db: Db, sources: string[]): Promise<string | null> {
  const rows = await db.redirect.findMany({ where: { source: { in: sources } } });
  for (const source of sources) {
    const found = rows.find((row) => row.source === source);
    if (found) return found.target;
  }
  return null;
}

/**
 * Puts redirects from `sources` to `target`, keeping the table flat: what led to a source now leads to
 * the target, and the target itself is no source any more, so that no chain and no loop can arise.
 */
export async function storeRedirects(db: Db, sources: string[], target: string): Promise<void> {
  const base = target.replace(/#.*$/su, '');
  await db.redirect.deleteMany({ where: { source: { in: [base, ...sources] } } });
  await db.redirect.updateMany({ where: { target: { in: sources } }, data: { target } });
  await db.redirect.deleteMany({ where: { source: base } });
  await db.redirect.createMany({
    data: sources.filter((source) => source !== base).map((source) => ({ source, target })),
    skipDuplicates: true,
  });
}
