import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { BadRequestError, InvalidError } from '#src/platform/errors.js';
import { makeFolder } from '#src/platform/folders.js';
import { asFullDisk } from '#src/platform/system-error.js';
import { shownFilename } from './filenames.js';
import { MAX_BYTES, RefusedPictureError } from './refusals.js';
import { MAX_FILES } from './schema.js';
import type { ReceivedFile } from './uploading.js';

/** A killed process leaves its temporary files; after this many milliseconds they are nobody's. */
const LEFTOVER_AGE = 60 * 60 * 1000;

const limits = {
  fileSize: MAX_BYTES,
  files: MAX_FILES,
  fields: 50,
  fieldNameSize: 100,
  fieldSize: 32 * 1024,
  parts: 80,
  headerPairs: 50,
};

/** The files of a form that `receiveFiles` has taken in. */
export function receivedFiles(req: Request): ReceivedFile[] {
  return Array.isArray(req.files) ? req.files : [];
}

/**
 * Takes the files of the field `file` into a temporary folder; whoever handles the request removes them.
 * @throws {RefusedPictureError} a file is too large. @throws {InvalidError} too many files.
 * @throws {BadRequestError} a malformed form. In each case nothing is left of any file.
 */
export function receiveFiles(dataDir: string): RequestHandler {
  const folder = path.join(dataDir, 'uploads');
  const names = new WeakMap<Request, string>();
  const upload = multer({
    limits,
    defParamCharset: 'utf8',
    storage: multer.diskStorage({
      destination: (_req, _file, done) => {
        makeFolder(folder, 0o700).then(
          () => done(null, folder),
          (error: Error) => done(error, folder),
        );
      },
      filename: (_req, _file, done) => done(null, randomBytes(12).toString('hex')),
    }),
    fileFilter: (req, file, done) => {
      names.set(req, file.originalname);
      done(null, true);
    },
  }).array('file', MAX_FILES);
  return (req, res, next) => {
    upload(req, res, (error: unknown) => {
      next(error === undefined ? undefined : explain(error, names.get(req) ?? ''));
    });
    void removeLeftovers(folder).catch(() => undefined);
  };
}

function explain(error: unknown, lastFile: string): unknown {
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') {
      return new RefusedPictureError('bytes', shownFilename(lastFile));
    }
    if (error.code === 'LIMIT_FILE_COUNT' || error.code === 'LIMIT_UNEXPECTED_FILE') {
      return new InvalidError({ file: { key: 'media.problems.count', values: { max: MAX_FILES } } });
    }
    return new BadRequestError('This form cannot be read.');
  }
  // The disk speaks of itself by `syscall`; everything else is the form, cut off or malformed.
  const ofTheDisk = error instanceof Error && 'syscall' in error;
  return ofTheDisk ? asFullDisk(error) : new BadRequestError('This form is cut off or malformed.');
}

async function removeLeftovers(folder: string): Promise<void> {
  const before = Date.now() - LEFTOVER_AGE;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs < before) await rm(file, { force: true });
  }
}
