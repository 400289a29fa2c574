import { PassThrough } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import multer, { type StorageEngine } from 'multer';
import { BadRequestError } from '#src/platform/errors.js';
import { viewerOf } from '#src/users/index.js';
import { renderSessionEnded } from './admin.views.js';
import { MAX_BODY_LENGTH, typedValues } from './post-form.schema.js';

/** Bytes of a cover that are kept: one more than a picture may have, so that it is refused in words. */
const KEPT_BYTES = 25 * 1024 * 1024 + 1;

/** A file that came with a form. */
export interface UploadedCover {
  bytes: Buffer;
  filename: string;
}

// Reads a file to its end whatever its size: a refused picture must not lose the text beside it.
const keepInMemory: StorageEngine = {
  _handleFile(_req, file, done) {
    const chunks: Buffer[] = [];
    let size = 0;
    file.stream
      .pipe(new PassThrough())
      .on('data', (chunk: Buffer) => {
        if (size < KEPT_BYTES) chunks.push(chunk);
        size += chunk.length;
      })
      .on('error', (error: Error) => done(error))
      .on('end', () => done(null, { buffer: Buffer.concat(chunks), size }));
  },
  _removeFile(_req, _file, done) {
    done(null);
  },
};

/**
 * Reads the form of a post: fields, and a cover in `coverFile`. The files of someone who is not
 * logged in are not kept.
 */
export function receivePostForm(): RequestHandler {
  const receive = multer({
    storage: keepInMemory,
    defParamCharset: 'utf8',
    fileFilter: (req, _file, done) => done(null, viewerOf(req) !== null),
    limits: { fields: 1500, files: 1, fieldSize: MAX_BODY_LENGTH * 4, fieldNameSize: 100 },
  }).single('coverFile');
  return (req, res, next) => {
    receive(req, res, (error: unknown) => {
      // Whatever fails here is the form, cut off or malformed: nothing of it touches a disk.
      next(error === undefined || error === null ? undefined : new BadRequestError());
    });
  };
}

/** The cover that was chosen in the form, or null. */
export function uploadedCover(req: Request): UploadedCover | null {
  if (!req.file || req.file.size === 0) return null;
  return { bytes: req.file.buffer, filename: req.file.originalname };
}

/**
 * For someone whose session has ended while they wrote: nothing is thrown away, the page holds what
 * they sent, to be sent again after logging in.
 */
export function keepTextWithoutSession(): RequestHandler {
  return (req, res, next) => {
    if (viewerOf(req)) {
      next();
      return;
    }
    const values = typedValues.parse(req.body ?? {});
    const { categoryIds, commentsOpen, sticky, ...texts } = values;
    const fields: [string, string][] = Object.entries(texts).map(([name, value]) => [
      name,
      String(value),
    ]);
    for (const id of categoryIds) fields.push(['categoryIds', id]);
    if (commentsOpen) fields.push(['commentsOpen', '1']);
    if (sticky) fields.push(['sticky', '1']);
    const { autosaveKey } = (req.body ?? {}) as { autosaveKey?: unknown };
    if (typeof autosaveKey === 'string') fields.push(['autosaveKey', autosaveKey]);
    renderSessionEnded(res, { action: req.originalUrl, fields, body: values.body });
  };
}
