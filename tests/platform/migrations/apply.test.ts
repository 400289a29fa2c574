import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { programRoot } from '#src/platform/paths.js';
import { applyMigrations, MigrationError } from '#src/platform/migrations/index.js';

const reviewed = join(programRoot, 'prisma', 'migrations');

describe('applying migrations', () => {
  const name = `billet_migrations_${process.pid}`;
  let admin: pg.Client;
  let url: string;
  let folder: string;

  beforeEach(async () => {
    const { adminUrl } = inject('postgres');
    admin = new pg.Client(adminUrl);
    await admin.connect();
    await admin.query(`create database ${name} encoding 'UTF8' template template0`);
    url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
    folder = mkdtempSync(join(tmpdir(), 'billet-migrations-'));
    cpSync(reviewed, folder, { recursive: true });
  });

  afterEach(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true });
  });

  function addMigration(migration: string, sql: string): void {
    mkdirSync(join(folder, migration), { recursive: true });
    writeFileSync(join(folder, migration, 'migration.sql'), sql);
  }

  async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const finished = `select migration_name as name from _prisma_migrations
    where finished_at is not null and rolled_back_at is null`;

  it('happens once, however many start at the same time', async () => {
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => applyMigrations(url, { folder })),
    );
    expect(runs.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    const once = runs.flatMap(({ applied }) => applied);
    expect((await query(finished)).map((row) => row['name'])).toEqual(once);
    expect(await applyMigrations(url, { folder })).toEqual({ applied: [] });
  });

  it('makes the job queue as well', async () => {
    await applyMigrations(url);
    await expect(query('select * from graphile_worker.jobs')).resolves.toEqual([]);
  });

  it('adds what is new, in order', async () => {
    await applyMigrations(url, { folder });
    addMigration('29990102000000_second', 'alter table first add column more integer');
    addMigration('29990101000000_first', 'create table first (id integer)');
    const { applied } = await applyMigrations(url, { folder });
    expect(applied).toEqual(['29990101000000_first', '29990102000000_second']);
  });

  it('names a migration that fails, keeps nothing of it, and goes on once it is mended', async () => {
    const broken = '29990101000000_broken';
    addMigration(broken, 'create table half (id integer); create table half (id integer);');
    const failure = applyMigrations(url, { folder });
    await expect(failure).rejects.toThrow(MigrationError);
    await expect(failure).rejects.toThrow(
      `The migration ${broken} failed and left nothing behind: relation "half" already exists.`,
    );
    expect(await query(`select to_regclass('half') as found`)).toEqual([{ found: null }]);
    addMigration(broken, 'create table half (id integer);');
    expect(await applyMigrations(url, { folder })).toEqual({ applied: [broken] });
  });

  it('tries one again whose process was killed in the middle', async () => {
    await applyMigrations(url, { folder });
    const killed = '29990101000000_killed';
    await query(`insert into _prisma_migrations (id, checksum, migration_name)
      values ('1', '', '${killed}')`);
    addMigration(killed, 'create table after_all (id integer)');
    expect(await applyMigrations(url, { folder })).toEqual({ applied: [killed] });
    expect(await query(finished)).toContainEqual({ name: killed });
  });

  it('counts one as applied that was committed when its process was killed', async () => {
    const name = '29990101000000_committed';
    addMigration(name, 'create table committed (id integer)');
    await applyMigrations(url, { folder });
    // The state between the commit and the engine's own note: the end is recorded, no step is.
    await query(
      `update _prisma_migrations set applied_steps_count = 0 where migration_name = '${name}'`,
    );
    expect(await applyMigrations(url, { folder })).toEqual({ applied: [] });
  });

  it('says in one sentence that the server cannot be reached, without the password', async () => {
    const gone = applyMigrations('postgresql://me:secret@127.0.0.1:1/blog');
    await expect(gone).rejects.toThrow(MigrationError);
    await expect(gone).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1\/blog cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1\.$/,
    );
  });
});
