import pg from 'pg';
import { MigrationError } from './migration-error.js';

const oldestSupported = 140_000;

/**
 * Opens a connection of its own to the database, runs `work` on it and closes it.
 *
 * @throws MigrationError when the server does not answer or is older than PostgreSQL 14
 */
export async function withConnection<T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'billet migrate',
    connectionTimeoutMillis: 15_000,
  });
  // Without a listener a connection lost between two queries would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError(
      `The database at ${serverOf(databaseUrl)} cannot be used: ${reasonOf(error)}.`,
    );
  }
  try {
    await refuseOldServer(client);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const server = rows[0];
  if (server !== undefined && Number(server.number) < oldestSupported) {
    throw new MigrationError(
      `This database is PostgreSQL ${server.name}; Billet needs PostgreSQL 14 or newer.`,
    );
  }
}

/** Host, port and database of a connection URL, without its user and password. */
function serverOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return host + pathname;
}

/** What went wrong, in the words of the system or of PostgreSQL. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\.$/, '');
}

/**
 * Keeps a connection that breaks while it is idle or just being closed from ending the process:
 * whoever uses a broken one hears of it from the query.
 */
export function ignoreLateErrors(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}
