import { migrationStatus } from '#src/platform/migrations/index.js';
import { connectionsNeeded, fewConnections } from './connections.js';
import { databaseFacts, type DatabaseFacts } from './doctor.queries.js';
import { fail, ok, warn, wordsOf, type Finding } from './finding.js';

/** Opens the database in use, embedded or not. */
export type OpenDatabase = () => Promise<{ url: string; close(): Promise<void> }>;

const slow = 100;
const noticeableSkew = 2_000;
const harmfulSkew = 60_000;

/** Looks at the database: reachable, version, extensions, migrations, clock. */
export async function examineDatabase(open: OpenDatabase): Promise<Finding[]> {
  let database: Awaited<ReturnType<OpenDatabase>>;
  try {
    database = await open();
  } catch (error) {
    return [fail('database', `${wordsOf(error)}.`, 'Do what the sentence says, then ask again.')];
  }
  try {
    const facts = await databaseFacts(database.url, Date.now);
    return [
      examineServer(facts),
      examineConnections(facts),
      examineExtensions(facts),
      await examineMigrations(database.url),
      examineClock(facts),
    ];
  } catch (error) {
    return [
      fail(
        'database',
        `The database does not answer: ${wordsOf(error)}.`,
        'Start PostgreSQL, or correct DATABASE_URL.',
      ),
    ];
  } finally {
    await database.close();
  }
}

function examineServer({ version, latency, size }: DatabaseFacts): Finding {
  const found = `PostgreSQL ${version} answers in ${Math.round(latency)} ms and holds ${megabytes(size)} MB.`;
  if (Number.parseInt(version, 10) < 14) {
    return fail('database', found, 'Billet needs PostgreSQL 14 or newer.');
  }
  if (latency > slow) {
    return warn('database', found, 'Bring the database nearer: a page asks it several questions.');
  }
  return ok('database', found);
}

function examineConnections({ places }: DatabaseFacts): Finding {
  const few = fewConnections(places);
  if (few === null) return ok('connections', `The server takes ${places} at once.`);
  const advice = `Set max_connections of PostgreSQL to ${connectionsNeeded + 10} or more for each Billet process.`;
  return warn('connections', few, advice);
}

function examineExtensions({ missingExtensions }: DatabaseFacts): Finding {
  if (missingExtensions.length === 0)
    return ok('extensions', 'citext, pg_trgm and unaccent are there.');
  return fail(
    'extensions',
    `The server lacks ${missingExtensions.join(', ')}.`,
    'Install PostgreSQL’s contrib package on the database server (Debian: postgresql-contrib).',
  );
}

async function examineMigrations(url: string): Promise<Finding> {
  const { applied, pending, failed, edited, unknown } = await migrationStatus(url);
  if (unknown.length > 0) {
    return warn(
      'migrations',
      `The database has migrations of a newer version: ${unknown.join(', ')}.`,
      'Run the newer version of Billet.',
    );
  }
  if (failed.length > 0) {
    return warn('migrations', `Interrupted: ${failed.join(', ')}.`, 'Run "billet migrate" again.');
  }
  if (pending.length > 0) {
    return warn('migrations', `Not yet applied: ${pending.join(', ')}.`, 'Run "billet migrate".');
  }
  if (edited.length > 0) {
    return warn(
      'migrations',
      `Changed after they were applied: ${edited.join(', ')}.`,
      'Bring the files of this version back; migrations are never edited.',
    );
  }
  return ok('migrations', `All ${applied.length} are applied.`);
}

function examineClock({ skew }: DatabaseFacts): Finding {
  const seconds = (Math.abs(skew) / 1000).toFixed(1);
  const found = `This machine's clock and the database's are ${seconds} s apart.`;
  if (Math.abs(skew) > harmfulSkew) {
    return fail('time', found, 'Set both by NTP: posts appear and sessions end at the wrong time.');
  }
  if (Math.abs(skew) > noticeableSkew) return warn('time', found, 'Set both by NTP.');
  return ok('time', found);
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
