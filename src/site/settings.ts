import { recordAudit } from '#src/platform/audit/index.js';
import type { Db, Prisma } from '#src/platform/db.js';
import { ForbiddenError } from '#src/platform/errors.js';
import { parse } from '#src/platform/validate.js';
import { hasRole, type Viewer } from '#src/users/index.js';
import { findSettings, storeSettings } from './queries.js';
import { defaultSettings, settingsSchema, type Settings } from './schema.js';

const keys = Object.keys(defaultSettings) as (keyof Settings)[];

// What an older version stored may not fit any more: each key falls back on its own.
function readable(stored: Record<string, unknown>): Settings {
  const fields = keys.map((key) => {
    const field = settingsSchema.shape[key].safeParse(stored[key]);
    return [key, stored[key] !== undefined && field.success ? field.data : defaultSettings[key]];
  });
  return Object.fromEntries(fields) as Settings;
}

/**
 * The settings as they are now: one query of a handful of rows at each request, so that every process
 * of the site shows a change at once.
 */
export async function getSettings(db: Db): Promise<Settings> {
  return readable(await findSettings(db));
}

/**
 * Saves all settings of the form and notes which of them changed. An admin only; `tx` is a transaction.
 * @throws {ForbiddenError} @throws {InvalidError} with the problems by field.
 */
export async function saveSettings(
  tx: Db,
  viewer: Viewer | null,
  input: unknown,
): Promise<Settings> {
  if (!hasRole(viewer, 'admin')) throw new ForbiddenError();
  const settings = parse(settingsSchema, input);
  const before = await getSettings(tx);
  const changed = keys.filter((key) => before[key] !== settings[key]);
  if (changed.length === 0) return settings;
  await storeSettings(tx, settings as Record<string, Prisma.InputJsonValue>);
  await recordAudit(tx, { actorId: viewer.id, action: 'settings.change', data: { changed } });
  return settings;
}

/** Changes some settings without a person behind it (import, demonstration, first start). */
export async function changeSettings(tx: Db, changes: Partial<Settings>): Promise<void> {
  const checked = parse(settingsSchema.partial(), changes);
  const named = Object.fromEntries(
    Object.keys(changes).map((key) => [key, checked[key as keyof Settings]]),
  );
  if (Object.keys(named).length === 0) return;
  await storeSettings(tx, named as Record<string, Prisma.InputJsonValue>);
}
