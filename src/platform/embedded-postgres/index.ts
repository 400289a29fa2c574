import { join } from 'node:path';
import { installedMajor, prepareBinaries } from './binaries.js';
import { initialiseCluster } from './cluster.js';
import { embeddedUrl, embeddedUser, ensureDatabase } from './connect.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { withFileLock } from './folder-lock.js';
import {
  exists,
  homeIn,
  needsWorkingDirectory,
  passwordOf,
  prepareHome,
  refuseOtherVersion,
} from './home.js';
import { findPostmaster, stopPostmaster } from './postmaster.js';
import { chooseOwner } from './process-owner.js';
import { joinOrStart, type ServerSetup } from './server.js';
import { registerUser, unregisterUser } from './users-of-cluster.js';

export { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** A hold on the embedded database, from joining to leaving. */
export type EmbeddedPostgres = {
  /** Connection URL of Billet's database; it carries the password, so it belongs in no log. */
  url: string;
  /** True when this call started the server, false when it joined one that ran already. */
  started: boolean;
  /** Leaves the database; whoever leaves last stops it. May be called twice. */
  stop(): Promise<void>;
};

type Options = {
  /** The data folder (DATA_DIR), absolute; the cluster lies in `postgres-<major>/` inside it. */
  dataDir: string;
  log: { info(message: string): void; warn(message: string): void };
  /** Starts the server again when it ends while we use it. For long-lived processes. */
  keepRunning?: boolean;
  /** Where programs are copied to when root's database account cannot reach them. */
  programsDir?: string;
};

const lockPatience = 660_000;
const watchInterval = 1_000;

/**
 * Starts the PostgreSQL that npm brought, on the cluster in `dataDir`, or joins it when another
 * process runs it already. Several processes may do so at once. It survives the death of any of
 * them: the next one joins it, and the last one to leave stops it.
 *
 * @throws EmbeddedPostgresError with one sentence that says what to do
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const setup = await prepare(options);
  const { home } = setup;
  const held = await underLock(setup, async () => {
    await prepareCluster(setup);
    const server = await joinOrStart(setup);
    await ensureDatabase(server.port, setup.password);
    return { server, registration: await registerUser(home.users) };
  });
  const watch = options.keepRunning === true ? keepRunning(setup, options) : null;
  let leaving: Promise<void> | undefined;
  return {
    url: embeddedUrl(held.server.port, setup.password),
    started: held.server.started,
    stop: () => {
      leaving ??= watchEnd(watch).then(() => leave(setup, held.registration, options));
      return leaving;
    },
  };
}

async function prepare(options: Options): Promise<ServerSetup> {
  const major = await installedMajor();
  const home = homeIn(options.dataDir, major);
  const owner = await chooseOwner(home.dataDir);
  await prepareHome(home, major, owner);
  // Root keeps a copy where every account can come; anybody else beside their own data.
  const copies = options.programsDir ?? (owner === null ? home.folder : '/var/lib/billet');
  const fallbackDir = (version: string): string => join(copies, `postgresql-${version}`);
  const binaries = await prepareBinaries({ owner, fallbackDir });
  return {
    home,
    binaries,
    owner,
    password: '',
    viaWorkingDirectory: await needsWorkingDirectory(home, owner),
    log: (message) => options.log.info(message),
  };
}

function underLock<T>(setup: ServerSetup, work: () => Promise<T>): Promise<T> {
  const giveUp = (holder: number): Error =>
    new EmbeddedPostgresError(
      `Another process (${holder}) has been starting or stopping the embedded database in ${setup.home.folder} for more than ten minutes: end it and start again.`,
    );
  return withFileLock(setup.home.lock, { patience: lockPatience, giveUp }, work);
}

async function prepareCluster(setup: ServerSetup): Promise<void> {
  const { home, binaries, owner, viaWorkingDirectory } = setup;
  setup.password = await passwordOf(home);
  if (await exists(home.dataDir)) return refuseOtherVersion(home, binaries.major);
  setup.log(`Creating the embedded database in ${home.folder}.`);
  await initialiseCluster({
    binaries,
    owner,
    home: home.folder,
    dataDir: home.dataDir,
    user: embeddedUser,
    password: setup.password,
    sync: true,
    viaWorkingDirectory,
  });
}

async function leave(setup: ServerSetup, registration: string, options: Options): Promise<void> {
  await underLock(setup, async () => {
    const left = await unregisterUser(setup.home.users, registration);
    if (left > 0) return;
    if (!(await stopPostmaster(setup.home, setup.binaries))) {
      options.log.warn(`PostgreSQL has not ended in time; see ${setup.home.log}.`);
    }
  });
}

type Watch = { timer: NodeJS.Timeout; running: Promise<void> };

function keepRunning(setup: ServerSetup, options: Options): Watch {
  const watch: Watch = { timer: setInterval(look, watchInterval), running: Promise.resolve() };
  watch.timer.unref();
  let looking = false;
  function look(): void {
    if (looking) return;
    looking = true;
    watch.running = startAgain(setup, options).finally(() => (looking = false));
  }
  return watch;
}

async function startAgain(setup: ServerSetup, options: Options): Promise<void> {
  try {
    if ((await findPostmaster(setup.home)) !== null) return;
    const { started } = await underLock(setup, () => joinOrStart(setup));
    if (started) options.log.warn('The embedded PostgreSQL had ended; it has been started again.');
  } catch (error) {
    options.log.warn(error instanceof Error ? error.message : String(error));
  }
}

async function watchEnd(watch: Watch | null): Promise<void> {
  if (watch === null) return;
  clearInterval(watch.timer);
  await watch.running;
}
