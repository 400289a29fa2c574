import pg from 'pg';

const user = 'billet';
const database = 'billet';

/** The role that owns the embedded database. */
export const embeddedUser = user;

/** The address of a database of the embedded server. */
export function embeddedUrl(port: number, password: string, name = database): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
}

/** Why a connection could not be made: `later` while the server is starting or ending. */
export type ConnectResult = 'ready' | 'later' | 'refused-password';

/** Tries one connection to the server on `port`. */
export async function tryConnect(port: number, password: string): Promise<ConnectResult> {
  const client = newClient(port, password, 'postgres');
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === '28P01' || code === '28000' ? 'refused-password' : 'later';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes Billet's own database where it is missing. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = newClient(port, password, 'postgres');
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

function newClient(port: number, password: string, name: string): pg.Client {
  const client = new pg.Client({
    connectionString: embeddedUrl(port, password, name),
    connectionTimeoutMillis: 10_000,
    application_name: 'billet start',
  });
  client.on('error', () => undefined);
  return client;
}
