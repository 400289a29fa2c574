import { chmod, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../folders.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { completePackage, succeeds } from './package-completion.js';
import { canEnter, type ProcessOwner } from './process-owner.js';

/** The npm package that brings PostgreSQL's programs; the second one is the oldest we support. */
export type PostgresPackage = 'embedded-postgres' | 'embedded-postgres-14';

/** A PostgreSQL installation ready to run. */
export type Binaries = {
  /** Absolute path of the folder that holds `bin`, `lib` and `share`. */
  native: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  version: string;
  /** PostgreSQL's major version, such as 18. */
  major: number;
};

/**
 * Finds the programs installed by npm and makes them runnable by `owner`: completes the library
 * links when npm's install scripts were blocked, sets missing execute bits, and works on a copy in
 * `fallbackDir` when the package lies where `owner` cannot go or where nothing can be written.
 *
 * @throws EmbeddedPostgresError when the platform has no package or the package is not installed
 */
export async function prepareBinaries(options: {
  packageName?: PostgresPackage;
  /** The platform package's folder, where it is not the one that npm installed. */
  installed?: string;
  owner: ProcessOwner | null;
  fallbackDir: (version: string) => string;
}): Promise<Binaries> {
  const installed =
    options.installed ?? findPlatformPackage(options.packageName ?? 'embedded-postgres');
  const version = await packageVersion(installed);
  const reachable = options.owner === null || (await canEnter(installed, options.owner));
  if (reachable && (await completePackage(installed))) return describe(installed, version);
  const copy = options.fallbackDir(version);
  await copyPackage(installed, copy);
  return describe(copy, version);
}

/** The major version of the PostgreSQL that npm installed, without making it runnable. */
export async function installedMajor(): Promise<number> {
  return Number.parseInt(await packageVersion(findPlatformPackage('embedded-postgres')), 10);
}

function describe(folder: string, version: string): Binaries {
  const native = join(folder, 'native');
  const suffix = platform() === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', name + suffix);
  return {
    native,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    version,
    major: Number.parseInt(version, 10),
  };
}

function findPlatformPackage(packageName: PostgresPackage): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    // The platform package is a dependency of the library, so it is looked up from there.
    const library = createRequire(import.meta.url).resolve(packageName);
    return resolve(dirname(createRequire(library).resolve(name)), '..');
  } catch {
    throw new EmbeddedPostgresError(
      `The embedded database needs the npm package ${name}, which is not installed (or does not exist for this platform): run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

async function packageVersion(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new EmbeddedPostgresError(`The package in ${folder} has no version; run "npm ci" again.`);
}

async function copyPackage(from: string, to: string): Promise<void> {
  if (await succeeds(stat(join(to, 'complete')))) return;
  const unfinished = `${to}.${process.pid}`;
  try {
    await makeFolder(dirname(to), 0o755);
    await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(unfinished, 0o755);
    if (!(await completePackage(unfinished))) throw new Error('the library links cannot be made');
    await mkdir(join(unfinished, 'complete'));
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (await succeeds(stat(join(to, 'complete')))) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(
      `PostgreSQL's programs in ${from} cannot be run from there and could not be copied to ${to} (${reason}): make one of the two folders usable, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}
