import { PassThrough } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import multer, { type StorageEngine } from 'multer';
import { BadRequestError, TooLargeError, TooManyRequestsError } from '#src/platform/errors.js';
import { viewerOf } from '#src/users/index.js';
import { knownFields, MAX_BODY_BYTES } from './post-form.schema.js';

/** Bytes of a cover that are kept: one more than a picture may have, so that it is refused in words. */
const KEPT_BYTES = 25 * 1024 * 1024 + 1;
/** Bytes of a form without its file. */
const FIELDS_BYTES = 2 * 1024 * 1024;
/** Bytes of a form with its file: a picture that is too large must not lose the text beside it. */
const FORM_BYTES = FIELDS_BYTES + 2 * KEPT_BYTES;
/** Forms of people without a session that are read, or shown again, at a time. */
const ANONYMOUS_FORMS = 4;
/** Seconds after which the next one may come. */
const RETRY_AFTER = 10;

const limits = {
  fields: 500,
  files: 1,
  parts: 501,
  headerPairs: 20,
  fieldSize: MAX_BODY_BYTES,
  fieldNameSize: 40,
  fieldNestingDepth: 0,
};

/** A file that came with a form. */
export interface UploadedCover {
  bytes: Buffer;
  filename: string;
}

// Bytes of files that were read from a request, which do not count as fields.
const fileBytes = new WeakMap<object, number>();

// Reads a file to its end whatever its size; of somebody without a session nothing is kept.
const keepInMemory: StorageEngine = {
  _handleFile(req, file, done) {
    const kept = viewerOf(req) ? KEPT_BYTES : 0;
    const chunks: Buffer[] = [];
    let size = 0;
    file.stream
      .pipe(new PassThrough())
      .on('data', (chunk: Buffer) => {
        if (size < kept) chunks.push(chunk);
        size += chunk.length;
        fileBytes.set(req, size);
      })
      .on('error', (error: Error) => done(error))
      .on('end', () => done(null, { buffer: Buffer.concat(chunks), size }));
  },
  _removeFile(_req, _file, done) {
    done(null);
  },
};

/**
 * Reads the form of a post: its known fields, and a cover in `coverFile`. The files of someone who is
 * not logged in are not kept.
 * @throws {TooLargeError} more than a form can have. @throws {BadRequestError} a malformed form.
 */
export function receivePostForm(): RequestHandler {
  const receive = multer({ storage: keepInMemory, defParamCharset: 'utf8', limits }).single(
    'coverFile',
  );
  return (req, res, next) => {
    let isAnswered = false;
    const answer = (error?: Error) => {
      if (isAnswered) return;
      isAnswered = true;
      req.body = error ? {} : knownFields(req.body);
      next(error);
    };
    if (Number(req.headers['content-length'] ?? 0) > FORM_BYTES) {
      answer(new TooLargeError(FORM_BYTES));
      return;
    }
    if (req.is('multipart/form-data')) countBytes(req, answer);
    void receive(req, res, (error: unknown) => answer(error ? explained(error) : undefined));
  };
}

/** Stops reading, and calls back, once a form is larger than one can be. */
function countBytes(req: Request, refuse: (error: Error) => void): void {
  let total = 0;
  let isRefused = false;
  req.on('data', (chunk: Buffer) => {
    total += chunk.length;
    const ofFile = fileBytes.get(req) ?? 0;
    if (total <= FORM_BYTES && total - ofFile <= FIELDS_BYTES) return;
    const error = new TooLargeError(total > FORM_BYTES ? FORM_BYTES : FIELDS_BYTES);
    if (total > FORM_BYTES) refuse(error);
    if (isRefused) return;
    isRefused = true;
    req.unpipe();
    // The rest is read past, within reason: who still sends does not listen yet.
    req.resume();
    for (const event of ['end', 'close']) req.once(event, () => refuse(error));
  });
}

// Whatever else fails here is the form, cut off or malformed: nothing of it touches a disk.
function explained(error: unknown): Error {
  const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FIELD_VALUE';
  return isTooLarge ? new TooLargeError(MAX_BODY_BYTES) : new BadRequestError();
}

/**
 * What comes before a form is read: somebody who is logged in must have the role, and of the others
 * only a few are served at a time.
 * @throws {ForbiddenError} the role does not suffice. @throws {TooManyRequestsError} too many at once.
 */
export function beforeForm(role: RequestHandler): RequestHandler {
  let open = 0;
  return (req, res, next) => {
    if (viewerOf(req)) {
      void role(req, res, next);
      return;
    }
    if (open >= ANONYMOUS_FORMS) throw new TooManyRequestsError(RETRY_AFTER);
    open += 1;
    res.once('close', () => (open -= 1));
    next();
  };
}

/** The cover that was chosen in the form, or null. */
export function uploadedCover(req: Request): UploadedCover | null {
  if (!req.file || req.file.size === 0) return null;
  return { bytes: req.file.buffer, filename: req.file.originalname };
}
