import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { RequestHandler } from 'express';
import multer from 'multer';
import { BadRequestError, InvalidError } from '#src/platform/errors.js';
import { makeFolder } from '#src/platform/folders.js';
import { asFullDisk } from '#src/platform/system-error.js';
import { IMPORT_FOLDER } from './runs.service.js';

/** Largest export that is taken, in bytes. */
export const MAX_EXPORT = 2 * 1024 ** 3 - 1;

/**
 * Streams the field `file` of a form to the import folder, whatever its size.
 * @throws {InvalidError} too large, or more than one file. @throws {BadRequestError} a malformed form.
 */
export function receiveExport(dataDir: string): RequestHandler {
  const folder = path.join(dataDir, IMPORT_FOLDER);
  const upload = multer({
    limits: { fileSize: MAX_EXPORT, files: 1, fields: 10, fieldSize: 1000, parts: 12 },
    defParamCharset: 'utf8',
    storage: multer.diskStorage({
      destination: (_req, _file, done) => {
        makeFolder(folder, 0o700).then(
          () => done(null, folder),
          (error: Error) => done(error, folder),
        );
      },
      filename: (_req, _file, done) => done(null, `${randomBytes(12).toString('hex')}.xml`),
    }),
  }).single('file');
  return (req, res, next) => {
    void upload(req, res, (error: unknown) =>
      next(error === undefined ? undefined : explained(error)),
    );
  };
}

function explained(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    const isTooLarge = error.code === 'LIMIT_FILE_SIZE';
    const key = isTooLarge ? 'transfer.problems.size' : 'transfer.problems.file';
    return new InvalidError({ file: { key, values: { max: Math.floor(MAX_EXPORT / 1024 ** 2) } } });
  }
  const ofTheDisk = error instanceof Error && 'syscall' in error;
  return ofTheDisk
    ? asFullDisk(error, 'The disk for imports is full.')
    : new BadRequestError('This form is cut off or malformed.');
}
