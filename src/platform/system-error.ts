import { StorageFullError } from './errors.js';

/** The `code` of a Node system error (`ENOENT`, `EACCES`, …), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}

/** The house's error for a disk that is full (ENOSPC) or an account's share of it (EDQUOT); anything else unchanged. */
export function asFullDisk(error: unknown, message?: string): unknown {
  const code = systemErrorCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new StorageFullError(message, { cause: error });
}
