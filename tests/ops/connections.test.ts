import { describe, expect, it } from 'vitest';
import { connectionsNeeded, fewConnections } from '#src/ops/connections.js';
import { warnOfFewConnections } from '#src/ops/index.js';
import { countConnectionPlaces } from '#src/ops/queries.js';
import type { Db } from '#src/platform/db.js';
import { useApp } from '../support/app.js';

const app = useApp();

/** The lines that are logged at start on this database. */
async function linesAtStart(db: Db): Promise<string[]> {
  const lines: string[] = [];
  await warnOfFewConnections({ db, log: { warn: (line) => lines.push(line) } });
  return lines;
}

describe('connections that the database takes', () => {
  it('are those of ordinary accounts', async () => {
    const [row] = await app.db.$queryRaw<{ most: string }[]>`
      SELECT current_setting('max_connections') AS most`;
    const places = await countConnectionPlaces(app.db);
    expect(places).toBeGreaterThan(connectionsNeeded);
    expect(places).toBeLessThan(Number(row?.most));
  });

  it('are said at start when they are too few for one process, in one line', async () => {
    expect(await linesAtStart(app.db)).toEqual([]);
    const small = { $queryRaw: async () => [{ places: 7 }] } as unknown as Db;
    expect(await linesAtStart(small)).toEqual([
      'The database server takes 7 connections at once, and one Billet process may open 15. Raise max_connections of PostgreSQL.',
    ]);
  });

  it('are enough from what one process may open', () => {
    expect(fewConnections(connectionsNeeded - 1)).toContain('takes 14');
    expect(fewConnections(connectionsNeeded)).toBeNull();
  });
});
