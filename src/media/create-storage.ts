import { ConfigError } from '#src/config/env.js';
import { createLocalStorage } from './local-storage.js';
import type { Storage } from './storage.js';

/**
 * Makes the storage that the configuration names.
 * @throws {ConfigError} for a storage that this version does not have.
 */
export function createStorage(config: { storage: string; mediaDir: string }): Storage {
  if (config.storage === 'local') return createLocalStorage(config.mediaDir);
  throw new ConfigError(
    `STORAGE has "${config.storage}"; this version keeps files only in a folder and takes "local".`,
  );
}
