import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { examine, type DoctorDeps, type Finding } from '#src/ops/index.js';
import { workerDatabaseUrl } from '../support/database.js';

type Config = DoctorDeps['config'];

const config: Config = {
  production: false,
  baseUrl: 'http://localhost:3000',
  dataDir: '/not/made/yet',
  mediaDir: '/pictures',
  storage: 'local',
  redisUrl: undefined,
  mail: {},
};

const servers: { close(): unknown }[] = [];

/** A server that answers each line by `answer`; its port. */
async function listening(answer: (line: string) => string): Promise<number> {
  const server: Server = createServer((socket: Socket) => {
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) socket.write(answer(line));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function found(
  check: string,
  settings: Partial<Config> = {},
  deps: Partial<DoctorDeps> = {},
): Promise<Finding> {
  const findings = await examine({
    config: { ...config, ...settings },
    openDatabase: async () => ({ url: await workerDatabaseUrl(), close: async () => undefined }),
    storage: { check: async () => undefined },
    ...deps,
  });
  const finding = findings.find((one) => one.check === check);
  if (!finding) throw new Error(`Nothing was said about ${check}.`);
  return finding;
}

describe('the doctor', () => {
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it.each([
    'database',
    'connections',
    'extensions',
    'migrations',
    'time',
    'storage',
    'redis',
    'disk',
    'address',
  ])('finds %s well', async (check) => {
    expect(await found(check)).toMatchObject({ state: 'ok' });
  });

  it('closes the database that it opened, and only warns where it is slow or missing', async () => {
    let closed = 0;
    const url = await workerDatabaseUrl();
    await found(
      'database',
      {},
      { openDatabase: async () => ({ url, close: async () => void closed++ }) },
    );
    expect(closed).toBe(1);
    const gone = async () => ({
      url: 'postgresql://127.0.0.1:1/x',
      close: async () => void closed++,
    });
    expect(await found('database', {}, { openDatabase: gone })).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(closed).toBe(2);
  });

  it('passes on why the database could not be opened', async () => {
    const openDatabase = () => Promise.reject(new Error('The folder is gone.'));
    expect(await found('database', {}, { openDatabase })).toMatchObject({
      state: 'fail',
      message: 'The folder is gone.',
    });
  });

  it('logs in to the SMTP server', async () => {
    const smtp = new SMTPServer({
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        username === 'ada' && password === 'right'
          ? done(null, { user: username })
          : done(new Error('Wrong password')),
    });
    await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
    servers.push(smtp);
    const { port } = smtp.server.address() as AddressInfo;
    const mail = (password: string) => ({
      mail: { smtpUrl: `smtp://ada:${password}@127.0.0.1:${port}` },
    });
    expect(await found('mail', mail('right'))).toMatchObject({ state: 'ok' });
    const wrong = await found('mail', mail('wrong'));
    expect(wrong).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('Wrong password'),
    });
  });

  it('minds missing mail more in production', async () => {
    expect(await found('mail')).toMatchObject({ state: 'warn' });
    expect(await found('mail', { production: true })).toMatchObject({ state: 'fail' });
  });

  it('asks Redis, with its password', async () => {
    const seen: string[] = [];
    const port = await listening((line) => {
      seen.push(line);
      return line === 'PING' || line === '"PING"' ? '+PONG\r\n' : '+OK\r\n';
    });
    const redisUrl = `redis://:se%22cret@127.0.0.1:${port}`;
    expect(await found('redis', { redisUrl })).toMatchObject({ state: 'ok' });
    expect(seen).toEqual(['"AUTH" "se\\"cret"', '"PING"']);
    const refusing = await listening(() => '-NOAUTH Authentication required.\r\n');
    expect(await found('redis', { redisUrl: `redis://127.0.0.1:${refusing}` })).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('NOAUTH'),
    });
  });

  it('says that pictures cannot be kept', async () => {
    const storage = { check: () => Promise.reject(new Error('EACCES: permission denied')) };
    expect(await found('storage', {}, { storage })).toMatchObject({
      state: 'fail',
      message: 'Pictures cannot be kept in /pictures: EACCES: permission denied.',
    });
  });

  it('warns of passwords in the clear, and fails without TLS where https is promised', async () => {
    expect(await found('address', { baseUrl: 'http://blog.example.org' })).toMatchObject({
      state: 'warn',
    });
    const port = await listening(() => 'no TLS here');
    expect(await found('address', { baseUrl: `https://127.0.0.1:${port}` })).toMatchObject({
      state: 'fail',
    });
  });
});
