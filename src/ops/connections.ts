import { defaultPoolSize, type Db } from '#src/platform/db.js';
import { countConnectionPlaces } from './queries.js';

/** Beside its pool one process wants a few for the job queue, and its commands one each. */
const beside = 5;

/** Connections that one process may open at once. */
export const connectionsNeeded = defaultPoolSize + beside;

/** One sentence where a server takes fewer connections than one process may open; else null. */
export function fewConnections(places: number): string | null {
  if (places >= connectionsNeeded) return null;
  return `The database server takes ${places} connections at once, and one Billet process may open ${connectionsNeeded}.`;
}

/** Says at start, in one line of the log, that the database takes too few connections. */
export async function warnOfFewConnections(deps: {
  db: Db;
  log: { warn(message: string): void };
}): Promise<void> {
  const few = fewConnections(await countConnectionPlaces(deps.db));
  if (few !== null) deps.log.warn(`${few} Raise max_connections of PostgreSQL.`);
}
