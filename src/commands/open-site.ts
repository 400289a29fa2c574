import { configFrom, type Config } from '#src/config/config.js';
import { readEnv } from '#src/config/env.js';
import { createContext, type Context } from '#src/context.js';
import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/index.js';
import { createLogger, type Logger } from '#src/platform/logger.js';
import { applyMigrations } from '#src/platform/migrations/index.js';

/** The database in use, and how to leave it. */
export type OpenDatabase = { url: string; close(): Promise<void> };

/** Reads the settings. @throws ConfigError with every fault */
export function readConfig(): Config {
  return configFrom(readEnv());
}

/** The logger of a command that prints for people: warnings and errors only, unless asked for more. */
export function quietLogger(config: Config): Logger {
  return createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
}

/**
 * The database that DATABASE_URL names, or the embedded one in DATA_DIR: started, or joined where it
 * runs already. `keepRunning` starts the embedded one again should it end while we use it.
 */
export async function openDatabase(
  config: Config,
  log: Logger,
  options: { keepRunning?: boolean } = {},
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, close: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
    keepRunning: options.keepRunning,
  });
  return { url: embedded.url, close: () => embedded.stop() };
}

/** The site, opened. */
export type OpenSite = {
  ctx: Context;
  /** Waits for queries that run, then leaves the database. */
  close(): Promise<void>;
  /** Leaves the database at once. */
  abandon(): Promise<void>;
};

/** Opens the site: database, migrations, context. Close it in any case. */
export async function openSite(
  config: Config,
  log: Logger,
  options: { keepRunning?: boolean } = {},
): Promise<OpenSite> {
  const database = await openDatabase(config, log, options);
  try {
    await applyMigrations(database.url, { log });
    const ctx = createContext(config, database.url, log);
    return {
      ctx,
      abandon: () => database.close(),
      async close() {
        await ctx.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens the site for one command, beside a running one or alone, and closes it afterwards. A command
 * that is interrupted leaves the database first, so that an embedded one does not stay behind; what
 * it had not committed is rolled back.
 */
export async function withSite<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
  const config = readConfig();
  const site = await openSite(config, quietLogger(config));
  for (const [signal, status] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.once(signal, () => void site.abandon().finally(() => process.exit(status)));
  }
  try {
    return await work(site.ctx);
  } finally {
    await site.close();
  }
}
