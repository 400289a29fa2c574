import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { useInstallation } from './billet.js';

const ada = ['--email', 'ada@example.org', '--username', 'ada', '--role', 'author'];

describe('the command line', () => {
  const billet = useInstallation();

  it('explains itself', async () => {
    const { status, stdout } = await billet.run(['--help']);
    expect(status).toBe(0);
    for (const name of ['serve', 'worker', 'database', 'migrate', 'user', 'doctor']) {
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    const user = await billet.run(['user', 'create', '--help']);
    expect(user).toMatchObject({ status: 0 });
    expect(user.stdout).toContain('--role <role>');
  });

  it.each([
    [['no-such-command'], "unknown command 'no-such-command'"],
    [['serve', '--no-such-option'], "unknown option '--no-such-option'"],
    [['user', 'create'], "required option '--email <address>' not specified"],
    [['user', 'create', ...ada.slice(0, 4), '--role', 'king'], "argument 'king' is invalid"],
  ])('ends with 2 when it is called wrongly: %j', async (args, message) => {
    const { status, stderr } = await billet.run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('lists every wrong setting before it does anything', async () => {
    const { status, stderr } = await billet.run(['serve'], { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/PORT has "x".*\n.*LOG_LEVEL has "loud"/s);
    expect(stderr).not.toContain('    at ');
  });

  it('makes, changes and lists people with no site running', async () => {
    expect(await billet.run(['user', 'create', ...ada, '--json'])).toMatchObject({ status: 0 });
    const twice = await billet.run(['user', 'create', ...ada]);
    expect(twice.status).toBe(1);
    expect(twice.stderr).toMatch(/^email: .*\nusername: .*\n$/);
    expect(await billet.run(['user', 'role', 'ada', 'editor'])).toMatchObject({ status: 0 });
    const nobody = await billet.run(['user', 'role', 'nobody', 'editor']);
    expect(nobody).toMatchObject({ status: 1, stderr: 'There is nobody called "nobody".\n' });
    const { stdout } = await billet.run(['user', 'list']);
    expect(stdout).toMatch(/^ada +editor +ada@example\.org +0 +\d{4}-\d\d-\d\d +no password yet$/m);
  });

  it('gives people passwords, and calls a value that cannot be wrong use', async () => {
    const wrong = ['--email', 'no', '--username', 'ada', '--role', 'author', '--password', 'short'];
    const refused = await billet.run(['user', 'create', ...wrong]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^email: .*\npassword: At least 10 characters.*\n$/);
    expect(await billet.run(['user', 'role', 'ada', 'king'])).toMatchObject({ status: 2 });
    await billet.run(['user', 'create', ...ada]);
    const unasked = await billet.run(['user', 'password', 'ada']);
    expect(unasked).toMatchObject({ status: 2, stderr: expect.stringContaining('--password') });
    const short = await billet.run(['user', 'password', 'ada', '--password', 'short']);
    expect(short).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^password: At least/),
    });
    const password = ['--password', 'three plain words'];
    expect(await billet.run(['user', 'password', 'ada@example.org', ...password])).toMatchObject({
      status: 0,
      stdout: 'ada@example.org has a new password and is logged out everywhere.\n',
    });
    expect((await billet.run(['user', 'list'])).stdout).not.toContain('no password yet');
    const nobody = await billet.run(['user', 'password', 'nobody', ...password]);
    expect(nobody).toMatchObject({ status: 1, stderr: 'There is nobody called "nobody".\n' });
  });

  it('migrates once, however many processes start at the same time', async () => {
    const name = `billet_main_${process.pid}`;
    const { adminUrl } = inject('postgres');
    const admin = new pg.Client(adminUrl);
    await admin.connect();
    await admin.query(`create database ${name} encoding 'UTF8' template template0`);
    try {
      const env = { DATABASE_URL: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href };
      const pending = await billet.run(['migrate', '--status', '--json'], env);
      const all: string[] = JSON.parse(pending.stdout).pending;
      expect(all.length).toBeGreaterThan(0);
      const runs = await Promise.all([1, 2, 3].map(() => billet.run(['migrate', '--json'], env)));
      expect(runs.map(({ status }) => status)).toEqual([0, 0, 0]);
      expect(runs.flatMap(({ stdout }) => JSON.parse(stdout).applied)).toEqual(all);
      const { stdout } = await billet.run(['migrate'], env);
      expect(stdout).toBe('The database is up to date.\n');
    } finally {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    }
  });

  it('runs the embedded database and the worker alone, and the site without one', async () => {
    const database = billet.start(['database']);
    await database.prints('The embedded database runs on 127.0.0.1');
    const worker = billet.start(['worker']);
    await worker.prints(/Job worker \S+ runs/);
    const site = await billet.serve(['--no-worker']);
    expect((await fetch(`${billet.url}/readyz`)).status).toBe(200);
    for (const { child, ended } of [site, worker, database]) {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });

  it('examines what the site stands on, and fails when something does not work', async () => {
    const well = await billet.run(['doctor', '--json']);
    expect(well.status).toBe(0);
    const findings: { check: string; state: string }[] = JSON.parse(well.stdout);
    expect(findings.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'database',
        'migrations',
        'time',
        'mail',
        'storage',
        'disk',
        'redis',
      ]),
    );
    const ill = await billet.run(['doctor'], {
      DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/blog',
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    expect(ill.status).toBe(1);
    expect(ill.stdout).toMatch(/^fail {2}database .*ECONNREFUSED/m);
    expect(ill.stdout).toMatch(/^fail {2}redis .*ECONNREFUSED/m);
    expect(ill.stdout).not.toContain('secret');
  });
});
