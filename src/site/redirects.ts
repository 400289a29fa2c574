import type { Db } from '#src/platform/db.js';
import { isLocalPath } from '#src/platform/http.js';
import { findRedirect, storeRedirects } from './queries.js';

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/**
 * The one way an address is written in the table: path and query without host and fragment, escapes of
 * the path decoded, composed characters (NFC), no slash at the end. Null for what is no path.
 */
export function redirectSource(address: string): string | null {
  const [path = '', ...query] = address.replace(/#.*$/su, '').split('?');
  const plain = decoded(path)
    .normalize('NFC')
    .replace(/(?<=.)\/+$/u, '');
  const source = query.length > 0 ? `${plain}?${query.join('?')}` : plain;
  return isLocalPath(source) && source.length <= 2000 ? source : null;
}

/**
 * Sends `sources` (local paths, with or without a query) to `target` for good. Chains are flattened and
 * loops cannot arise: see `storeRedirects`. Sources that are no local path are left out; returns how
 * many were taken.
 */
export async function addRedirects(tx: Db, sources: string[], target: string): Promise<number> {
  const place = redirectSource(target);
  if (!place || !isLocalPath(target)) throw new Error('A redirect leads to a path of this site.');
  const taken = new Set(sources.map(redirectSource).filter((source) => source !== null));
  taken.delete(place);
  if (taken.size > 0)
    await storeRedirects(tx, [...taken], place + (/#.*$/su.exec(target)?.[0] ?? ''));
  return taken.size;
}

/** Sends `source` to `target` for good: `addRedirects` for one. */
export async function addRedirect(tx: Db, source: string, target: string): Promise<void> {
  await addRedirects(tx, [source], target);
}

/** Where `address` (path with query, as asked for) has moved to, or null. */
export async function findMoved(db: Db, address: string): Promise<string | null> {
  const asked = redirectSource(address);
  if (!asked) return null;
  const alone = asked.replace(/\?.*$/su, '');
  // The home page itself is never moved, only the old queries of it.
  const target = await findRedirect(
    db,
    asked === alone || alone === '/' ? [asked] : [asked, alone],
  );
  return target && redirectSource(target) !== asked ? target : null;
}
