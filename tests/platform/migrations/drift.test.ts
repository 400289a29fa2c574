import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrationStatus, schemaDiff } from '#src/platform/migrations/index.js';
import { workerDatabaseUrl } from '../../support/database.js';
import { readCatalogue } from './catalogue.js';

describe('the migrated database', () => {
  it('is what schema.prisma says', async () => {
    expect(await schemaDiff(await workerDatabaseUrl())).toBe('');
  });

  it('has the checks, indexes, triggers and functions that were reviewed', async () => {
    const client = new pg.Client(await workerDatabaseUrl());
    await client.connect();
    try {
      // After a migration: vitest -u writes the list anew; read what changed in it.
      await expect(await readCatalogue(client)).toMatchFileSnapshot(
        join(import.meta.dirname, 'catalogue.txt'),
      );
    } finally {
      await client.end();
    }
  });

  it('knows every migration, unchanged since it was applied', async () => {
    const status = await migrationStatus(await workerDatabaseUrl());
    expect(status).toMatchObject({ pending: [], failed: [], edited: [], unknown: [] });
    expect(status.applied.length).toBeGreaterThan(0);
  });
});
