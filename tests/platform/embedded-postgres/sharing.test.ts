import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '#src/platform/embedded-postgres/index.js';
import { query, serverPid, startUser, userProgram, type UserProcess } from './processes.js';
import { useProgram } from '../../support/bundle.js';

const log = { info: () => undefined, warn: () => undefined };

describe('sharing the embedded database', () => {
  const program = useProgram(userProgram);
  let dataDir: string;
  const processes: UserProcess[] = [];
  const held: EmbeddedPostgres[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'billet-embedded-'));
    chmodSync(dataDir, 0o755);
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.kill()));
    for (const database of held.splice(0)) await database.stop();
    // Whoever was killed left the server running: the next to come and leave stops it.
    if (serverPid(dataDir) !== null) await (await startEmbeddedPostgres({ dataDir, log })).stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const database = await startEmbeddedPostgres({ dataDir, log });
    held.push(database);
    return database;
  }

  function another(): UserProcess {
    const user = startUser(program.file, dataDir);
    processes.push(user);
    return user;
  }

  it('makes a database that needs its password and speaks UTF-8 and UTC', async () => {
    const { url, started } = await start();
    expect(started).toBe(true);
    expect(
      await query(
        url,
        `select current_database(), current_setting('server_encoding'),
        current_setting('TimeZone'), current_setting('fsync'), lower('ΆÉ')`,
      ),
    ).toEqual(['billet', 'UTF8', 'UTC', 'on', 'άé']);
    const wrong = Object.assign(new URL(url), { password: 'guess' }).href;
    await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('is joined by those who come later and stopped by the last who leaves', async () => {
    const first = await start();
    const second = await start();
    const third = another();
    expect(second).toMatchObject({ url: first.url, started: false });
    expect(await third.first).toEqual({ url: first.url, started: false });
    await first.stop();
    await first.stop();
    expect(await query(second.url, 'select 1')).toEqual([1]);
    await second.stop();
    expect(serverPid(dataDir)).not.toBeNull();
    expect(await third.leave()).toBe(0);
    expect(serverPid(dataDir)).toBeNull();
  });

  it('is started once by several who start at the same moment', async () => {
    const users = [another(), another(), another()];
    const answers = await Promise.all(users.map((user) => user.first));
    expect(answers.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
    expect(await Promise.all(users.map((user) => user.leave()))).toEqual([0, 0, 0]);
    expect(serverPid(dataDir)).toBeNull();
  });

  it('outlives a user that is killed, and does not count it any more', async () => {
    const killed = another();
    const { url } = await killed.first;
    await query(url, 'create table kept (id integer)');
    const pid = serverPid(dataDir);
    await killed.kill();
    const next = await start();
    expect(next).toMatchObject({ url, started: false });
    expect(serverPid(dataDir)).toBe(pid);
    expect(await query(url, 'select count(*)::int from kept')).toEqual([0]);
    await next.stop();
    expect(serverPid(dataDir)).toBeNull();
  });

  it('survives the signal that Ctrl-C sends to everybody on the terminal', async () => {
    const user = another();
    const { url } = await user.first;
    const pid = serverPid(dataDir) ?? 0;
    // A server of another process group: the terminal's signals do not reach it.
    const groups = await query(url, `select pg_read_file('/proc/${pid}/stat')`).catch(() => null);
    if (groups) expect(Number(String(groups[0]).split(' ')[4])).toBe(pid);
    expect(await user.leave()).toBe(0);
  });

  it('takes over the lock of a starter that was killed', async () => {
    mkdirSync(join(dataDir, 'postgres-18'), { recursive: true });
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'long ago', id: 'x' });
    writeFileSync(join(dataDir, 'postgres-18', 'lock'), dead);
    const users = [another(), another()];
    const answers = await Promise.all(users.map((user) => user.first));
    expect(answers.filter(({ started }) => started)).toHaveLength(1);
    expect(await Promise.all(users.map((user) => user.leave()))).toEqual([0, 0]);
  });
});
