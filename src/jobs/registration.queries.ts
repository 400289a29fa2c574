import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import pg from 'pg';
import type { Now } from '#src/platform/clock.js';

/** A worker's entry in `workers`, and the connection that proves that it is alive. */
export type Registration = {
  /** Notices workers that died and gives their jobs back to the queue; answers their names. */
  sweep(): Promise<string[]>;
  /** Gives jobs that this worker still holds back, as if they had not been tried. */
  handBack(): Promise<number>;
  /** Removes the entry and closes the connection. */
  end(): Promise<void>;
};

// PostgreSQL releases a session's advisory locks when its connection ends, however it ends: so a
// worker whose lock can be taken by somebody else is dead.
const lockSpace = 2 ** 47;
const reconnectPause = 500;

/**
 * Enters a worker into `workers` and holds its lock on a connection of its own, which is opened
 * again when it breaks. `onError` hears of broken connections.
 */
export async function registerWorker(options: {
  databaseUrl: string;
  name: string;
  now: Now;
  onError: (error: Error) => void;
}): Promise<Registration> {
  const lockKey = randomInt(1, lockSpace);
  const startedAt = options.now();
  let ended = false;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: `billet worker ${options.name}`,
    });
    fresh.on('error', (error) => {
      options.onError(error);
      void reconnect(fresh);
    });
    await fresh.connect();
    // The lock first: an entry without its lock would look like a dead worker's.
    await fresh.query('select pg_advisory_lock($1)', [lockKey]);
    await fresh.query(
      `insert into workers (name, host, pid, lock_key, started_at, seen_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (name) do update set seen_at = excluded.seen_at`,
      [options.name, hostname(), process.pid, lockKey, startedAt, options.now()],
    );
    return fresh;
  }

  async function reconnect(broken: pg.Client): Promise<void> {
    if (broken !== client) return;
    await broken.end().catch(() => undefined);
    while (!ended) {
      try {
        client = await connect();
        return;
      } catch {
        await new Promise((next) => setTimeout(next, reconnectPause));
      }
    }
  }

  return {
    sweep: () => sweep(client, options.name, options.now()),
    handBack: () => handBack(client, options.name),
    async end() {
      ended = true;
      await client.query('delete from workers where name = $1', [options.name]).catch(() => null);
      await client.end().catch(() => undefined);
    },
  };
}

async function sweep(client: pg.Client, own: string, now: Date): Promise<string[]> {
  await client.query('update workers set seen_at = $2 where name = $1', [own, now]);
  const others = await client.query<{ name: string; lock_key: string }>(
    'select name, lock_key from workers where name <> $1',
    [own],
  );
  const dead: string[] = [];
  for (const { name, lock_key } of others.rows) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [lock_key],
    );
    if (rows[0]?.taken !== true) continue;
    try {
      await bury(client, name);
      dead.push(name);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock_key]);
    }
  }
  return dead;
}

async function bury(client: pg.Client, name: string): Promise<void> {
  await client.query('begin');
  try {
    const lost = await client.query<{ id: string }>(
      `select id from graphile_worker.jobs where locked_by = $1 and attempts >= max_attempts`,
      [name],
    );
    await client.query('select graphile_worker.force_unlock_workers(array[$1::text])', [name]);
    // A job on its last try is not tried again: it may be what kills the workers.
    await client.query('select graphile_worker.permanently_fail_jobs($1::bigint[], $2::text)', [
      lost.rows.map((row) => row.id),
      'The worker died during the last attempt.',
    ]);
    await client.query('delete from workers where name = $1', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function handBack(client: pg.Client, name: string): Promise<number> {
  const held = await client.query<{ id: string; attempts: number }>(
    'select id, attempts from graphile_worker.jobs where locked_by = $1',
    [name],
  );
  await client.query('select graphile_worker.force_unlock_workers(array[$1::text])', [name]);
  for (const { id, attempts } of held.rows) {
    await client.query(
      'select graphile_worker.reschedule_jobs(array[$1::bigint], attempts := $2::int)',
      [id, Math.max(attempts - 1, 0)],
    );
  }
  return held.rows.length;
}
