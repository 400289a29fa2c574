import { Router } from 'express';

/** Where files live. */
export interface Storage {
  put(key: string, content: Buffer, options: { contentType: string; private?: boolean }): Promise<void>;
  get(key: string): Promise<Buffer>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Rejects when files cannot be written or read. */
  check(): Promise<void>;
}

/** Makes the storage that the configuration names. */
export function createStorage(_config: unknown): Storage {
  throw new Error('filled by the media slice');
}

/** Serves public media files. */
export function mediaFileRoutes(_deps: unknown): Router {
  return Router();
}
