import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asAppError, createDatabase, inTransaction, type Database } from '#src/platform/db.js';
import { createTag } from '../support/factories.js';
import { workerDatabaseUrl } from '../support/database.js';
import { useApp } from '../support/app.js';

const app = useApp();
const servers: Server[] = [];
const databases: Database[] = [];
let url: string;

beforeAll(async () => {
  url = await workerDatabaseUrl();
});
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => Promise.all(databases.map((db) => db.$disconnect())));

function open(address: string, options = {}): Database {
  const db = createDatabase(address, { poolSize: 1, connectionTimeout: 300, ...options });
  databases.push(db);
  return db;
}

/** What people are told when this fails. */
async function told(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => asAppError(error),
  );
}

const unavailable = { status: 503, code: 'unavailable', retryAfter: 5 };

/** A server that takes connections and answers the first words of each by `answer`. */
async function standIn(answer?: Buffer): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (answer) socket.on('data', () => socket.end(answer));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  servers.push(server);
  return `postgresql://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

/** PostgreSQL's ErrorResponse: its length, severity, SQLSTATE and words. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mno\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Two that begin together and each wait for what the other has: PostgreSQL ends one of them. */
async function deadlock(run: typeof inTransaction): Promise<PromiseSettledResult<number>[]> {
  const ids = [(await createTag(app.db)).id, (await createTag(app.db)).id];
  let arrived = 0;
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));
  const lock = (order: number[]) =>
    run(app.db, async (tx) => {
      await tx.$queryRaw`SELECT id FROM tags WHERE id = ${order[0]} FOR UPDATE`;
      arrived += 1;
      if (arrived === 2) meet();
      await met;
      await tx.$queryRaw`SELECT id FROM tags WHERE id = ${order[1]} FOR UPDATE`;
      return arrived;
    });
  return Promise.allSettled([lock(ids), lock([...ids].reverse())]);
}

describe('a database that is away', () => {
  it('is told as such: nobody listens, no such host, in a raw query and in a transaction', async () => {
    const db = open('postgresql://127.0.0.1:1/x');
    expect(await told(db.tag.count())).toMatchObject(unavailable);
    expect(await told(db.$queryRaw`SELECT 1`)).toMatchObject(unavailable);
    expect(await told(inTransaction(db, (tx) => tx.tag.count()))).toMatchObject(unavailable);
    const unknown = open('postgresql://no-host.invalid/x');
    expect(await told(unknown.tag.count())).toMatchObject(unavailable);
  });

  it('is not waited for without end', async () => {
    const silent = open(await standIn());
    expect(await told(silent.tag.count())).toMatchObject(unavailable);
  });

  it.each(['53300', '57P01', '57P03'])('is told as such when it refuses with %s', async (code) => {
    const refusing = open(await standIn(refusal(code)));
    expect(await told(refusing.tag.count())).toMatchObject(unavailable);
  });

  it('is told as such when it ends a connection in the middle', async () => {
    const db = open(url);
    const cut = inTransaction(db, async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await app.db.$queryRaw`SELECT pg_terminate_backend(${row?.pid}::int)`;
      await expect.poll(() => told(tx.tag.count())).toMatchObject(unavailable);
      return tx.tag.count();
    });
    expect(await told(cut)).toMatchObject(unavailable);
    expect(await db.tag.count()).toBe(0);
  });

  it('is told as such when no connection is free, and is used again afterwards', async () => {
    const db = open(url);
    await inTransaction(db, async () => {
      expect(await told(inTransaction(db, (tx) => tx.tag.count()))).toMatchObject(unavailable);
    });
    expect(await db.tag.count()).toBe(0);
  });

  it('is none of it when the question itself is wrong', async () => {
    const error = await told(app.db.$queryRaw`SELECT 1 / 0`);
    expect(error).toMatchObject({ code: 'P2010' });
  });
});

describe('transactions that wait for each other', () => {
  it('both succeed: the one that PostgreSQL ends runs again', async () => {
    const ends = await deadlock(inTransaction);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('without that, one is told to come back', async () => {
    const ends = await deadlock((db, work) => (db as Database).$transaction(work));
    const [rejected, ...others] = ends.filter((end) => end.status === 'rejected');
    expect(others).toEqual([]);
    expect(asAppError(rejected?.reason)).toMatchObject(unavailable);
  });

  it.each(['40001', '40P01'])(
    'are tried three times for %s, and once when joined',
    async (code) => {
      let runs = 0;
      const failing = () =>
        inTransaction(app.db, (tx) => {
          runs += 1;
          return tx.$executeRawUnsafe(
            `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`,
          );
        });
      expect(await told(failing())).toMatchObject(unavailable);
      expect(runs).toBe(3);
      runs = 0;
      const joined = inTransaction(app.db, (tx) =>
        inTransaction(tx, async () => {
          runs += 1;
          throw new Error('of another kind');
        }),
      );
      await expect(joined).rejects.toThrow('of another kind');
      expect(runs).toBe(1);
    },
  );
});
