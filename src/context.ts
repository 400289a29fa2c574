import path from 'node:path';
import type { Config } from '#src/config/config.js';
import { loadAssets, type Assets } from '#src/platform/assets/index.js';
import { systemClock, type Now } from '#src/platform/clock.js';
import { createDatabase, type Database } from '#src/platform/db.js';
import { loadCatalogue, type Catalogue } from '#src/platform/i18n.js';
import type { Logger } from '#src/platform/logger.js';
import { programRoot } from '#src/platform/paths.js';
import { createTemplates, type RenderTemplate } from '#src/platform/render.js';
import { sessionSecretOf } from '#src/platform/session-secret.js';
import { createStorage, type Storage } from '#src/media/index.js';

/** The long-lived things of one process. Modules declare the part that they need structurally. */
export interface Context {
  config: Config;
  log: Logger;
  db: Database;
  /** The address of the database in use, embedded or not. */
  databaseUrl: string;
  now: Now;
  catalogue: Catalogue;
  templates: RenderTemplate;
  assets: Assets;
  storage: Storage;
  sessionSecret: string;
  /** Becomes true when the process drains: answers then close their connections. */
  draining: boolean;
  close(): Promise<void>;
}

/** What may be given instead of the real thing, by tests above all. */
export interface ContextOverrides {
  now?: Now;
  poolSize?: number;
}

/** Builds the context on a database that is migrated and running. */
export function createContext(
  config: Config,
  databaseUrl: string,
  log: Logger,
  overrides: ContextOverrides = {},
): Context {
  const db = createDatabase(databaseUrl, { poolSize: overrides.poolSize });
  return {
    config,
    log,
    db,
    databaseUrl,
    now: overrides.now ?? systemClock,
    catalogue: loadCatalogue(path.join(programRoot, 'locales')),
    templates: createTemplates(path.join(programRoot, 'views'), { cache: true }),
    assets: loadAssets(programRoot),
    storage: createStorage(config),
    sessionSecret: sessionSecretOf(config),
    draining: false,
    close: () => db.$disconnect(),
  };
}
