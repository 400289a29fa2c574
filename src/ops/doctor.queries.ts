import pg from 'pg';

/** What a look at the database tells. */
export type DatabaseFacts = {
  /** As the server says it, such as `18.4`. */
  version: string;
  /** Milliseconds for one question and its answer. */
  latency: number;
  /** The server's clock minus ours, in milliseconds; the latency is the uncertainty. */
  skew: number;
  /** Of the extensions that Billet needs, those that cannot be had. */
  missingExtensions: string[];
  /** Connections that the server takes for ordinary accounts. */
  places: number;
  /** Bytes on disk. */
  size: number;
};

const neededExtensions = ['citext', 'pg_trgm', 'unaccent'];

/** Asks the database about itself. Rejects when it does not answer within ten seconds. */
export async function databaseFacts(url: string, now: () => number): Promise<DatabaseFacts> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'billet doctor',
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const before = now();
    const clock = await client.query<{ ms: string; version: string }>(
      `select extract(epoch from clock_timestamp()) * 1000 as ms,
              current_setting('server_version') as version`,
    );
    const after = now();
    const { rows } = await client.query<{ missing: string[] | null; size: string; places: number }>(
      `select (select array_agg(needed) from unnest($1::text[]) as needed
                where needed not in (select name from pg_available_extensions)) as missing,
              pg_database_size(current_database()) as size,
              current_setting('max_connections')::int
                - current_setting('superuser_reserved_connections')::int as places`,
      [neededExtensions],
    );
    return {
      version: clock.rows[0]?.version ?? '',
      latency: after - before,
      skew: Number(clock.rows[0]?.ms) - (before + after) / 2,
      missingExtensions: rows[0]?.missing ?? [],
      places: Number(rows[0]?.places ?? 0),
      size: Number(rows[0]?.size ?? 0),
    };
  } finally {
    await client.end();
  }
}
