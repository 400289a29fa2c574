import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#src/config/env.js';
import { makeFolderSync } from './folders.js';
import { systemErrorCode } from './system-error.js';

/**
 * The secret that signs cookies: from the setting, or made once and kept in DATA_DIR (mode 0600).
 * @throws {ConfigError} DATA_DIR cannot be used.
 */
export function sessionSecretOf(config: {
  dataDir: string;
  sessionSecret: string | undefined;
}): string {
  if (config.sessionSecret) return config.sessionSecret;
  try {
    return keptSecret(config.dataDir);
  } catch (error) {
    throw new ConfigError(
      `The folder ${config.dataDir} cannot be used (${systemErrorCode(error) ?? String(error)}): make it writable, or set DATA_DIR to a folder that is.`,
    );
  }
}

function keptSecret(folder: string): string {
  const file = path.join(folder, 'session-secret');
  if (!existsSync(file)) {
    makeFolderSync(folder);
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process starting at the same moment made it first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}
