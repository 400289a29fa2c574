import type { Db } from '#src/platform/db.js';
import { listNeverSaved } from './autosave.queries.js';

/** Lines of a list that are about text that was never saved. */
const LINES = 5;
const LONGEST_TITLE = 80;

/** Something typed and not saved. */
export interface UnsavedLine {
  href: string;
  title: string;
  at: Date;
}

/** What names something typed: its title, or else its first words; empty when there is neither. */
export function titleOfTyped(fields: unknown): string {
  const { title, body } = (fields ?? {}) as { title?: unknown; body?: unknown };
  const words = [title, body].find((text) => typeof text === 'string' && text.trim() !== '');
  const [line = ''] = String(words ?? '')
    .trim()
    .split('\n');
  const letters = [...line];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join('')}…` : line;
}

/** What a person typed into forms of new posts or pages and never saved, newest first. */
export async function readNeverSaved(
  db: Db,
  viewer: { id: number },
  kind: 'post' | 'page',
): Promise<UnsavedLine[]> {
  const rows = await listNeverSaved(db, viewer.id, kind, LINES);
  return rows.map((row) => ({
    href: `/admin/${row.kind}s/new?restore=${row.key}`,
    title: titleOfTyped(row.fields),
    at: row.updatedAt,
  }));
}
