import type { Readable } from 'node:stream';

/** A part of a file, in bytes, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** There is no file under this key. */
export class MissingFileError extends Error {
  override name = 'MissingFileError';
  constructor(readonly key: string) {
    super(`There is no file ${key} in the storage.`);
  }
}

/**
 * Where files live. Keys are lower-case paths of letters, digits, dots, hyphens and underscores; no
 * part begins with a dot. A file is there whole or not at all, and stays after a power cut.
 */
export interface Storage {
  /**
   * Writes or replaces a file. `private` files are never served to the public.
   * @throws {StorageFullError} no room is left.
   */
  put(
    key: string,
    content: Buffer,
    options: { contentType: string; private?: boolean },
  ): Promise<void>;
  /** The whole file. @throws {MissingFileError} */
  get(key: string): Promise<Buffer>;
  /** The file, or a part of it, as a stream. @throws {MissingFileError} before the stream starts. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes; null where there is no such file. */
  size(key: string): Promise<number | null>;
  exists(key: string): Promise<boolean>;
  /** Removes a file; that there is none is no error. */
  remove(key: string): Promise<void>;
  /** Rejects when files cannot be written or read. */
  check(): Promise<void>;
}
