import { z } from 'zod';
import { BadRequestError } from './errors.js';

/** A place in a list ordered by time and id, newest first. */
export interface Cursor {
  at: Date;
  id: number;
}

/** Which way to go from which place; neither: the start of the list. */
export interface PageRequest {
  before?: Cursor;
  after?: Cursor;
  /** Rows wanted. */
  limit: number;
}

/** One page of a list, newest first; the cursors are there when there is more that way. */
export interface ListPage<T> {
  items: T[];
  /** For `?before=`: towards older rows. */
  older: string | null;
  /** For `?after=`: towards newer rows. */
  newer: string | null;
}

const cursorPattern = /^([0-9a-z]{1,11})-([0-9a-z]{1,7})$/;

/** Writes a cursor for a URL: milliseconds and id in base 36. */
export function formatCursor(cursor: Cursor): string {
  return `${cursor.at.getTime().toString(36)}-${cursor.id.toString(36)}`;
}

/**
 * Reads a cursor from a URL.
 * @throws {BadRequestError} when it was not made by formatCursor.
 */
export function parseCursor(value: string): Cursor {
  const match = cursorPattern.exec(value);
  const at = new Date(match ? Number.parseInt(match[1] ?? '', 36) : Number.NaN);
  const id = match ? Number.parseInt(match[2] ?? '', 36) : Number.NaN;
  if (Number.isNaN(at.getTime()) || !(id >= 0 && id <= 2_147_483_647)) {
    throw new BadRequestError('This page address is not one of ours. Start from the first page.');
  }
  return { at, id };
}

const cursorQuery = z.object({ before: z.string().optional(), after: z.string().optional() });

/**
 * Reads `?before=` or `?after=` of a list.
 * @throws {BadRequestError} for a cursor that is not ours, or both at once.
 */
export function pageRequest(query: unknown, limit: number): PageRequest {
  const parsed = cursorQuery.safeParse(query);
  if (!parsed.success || (parsed.data.before && parsed.data.after)) {
    throw new BadRequestError('This page address is not one of ours. Start from the first page.');
  }
  const { before, after } = parsed.data;
  if (before) return { before: parseCursor(before), limit };
  if (after) return { after: parseCursor(after), limit };
  return { limit };
}

/**
 * Makes a page from the rows of a query that asked for `limit + 1` rows: newest first for the start
 * and for `before`, oldest first for `after` (they are turned round here).
 */
export function listPage<T>(
  rows: T[],
  request: PageRequest,
  cursorOf: (row: T) => Cursor,
): ListPage<T> {
  const more = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  if (request.after) items.reverse();
  const first = items[0];
  const last = items.at(-1);
  const hasNewer = request.after ? more : request.before !== undefined;
  const hasOlder = request.after ? true : more;
  return {
    items,
    newer: hasNewer && first ? formatCursor(cursorOf(first)) : null,
    older: hasOlder && last ? formatCursor(cursorOf(last)) : null,
  };
}
