import { InvalidError } from '#src/platform/errors.js';

/** Bytes that one picture may have. */
export const MAX_BYTES = 25 * 1024 * 1024;

/** Pixels that one picture, or one frame of it, may have. */
export const MAX_PIXELS = 50_000_000;

/** Pixels that all frames of an animation may have together. */
export const MAX_ANIMATION_PIXELS = 100_000_000;

/** Frames that an animation may have. */
export const MAX_FRAMES = 500;

/** Pixels that a picture may be wide or high. */
export const MAX_SIDE = 20_000;

/** Why a file is refused; the catalogue has a sentence for each under `media.refused.<reason>`. */
export type RefusalReason =
  | 'type'
  | 'broken'
  | 'empty'
  | 'bytes'
  | 'pixels'
  | 'side'
  | 'frames'
  | 'slow';

const ACCEPTED = 'JPEG, PNG, WebP, GIF, AVIF and TIFF pictures are accepted.';

const sentences: Record<RefusalReason, string> = {
  type: `“{name}” is not a picture that can be shown here. ${ACCEPTED}`,
  broken: `“{name}” is damaged or cut off, so it cannot be read. ${ACCEPTED}`,
  empty: `“{name}” is empty. ${ACCEPTED}`,
  bytes: '“{name}” is larger than {limit} MB, which is the most that one file may have.',
  pixels: '“{name}” has more than {limit} million pixels, which is the most that a picture may have.',
  side: '“{name}” is wider or higher than {limit} pixels, which is the most that a picture may be.',
  frames: '“{name}” has more than {limit} frames, which is the most that an animation may have.',
  slow: '“{name}” takes too long to read. Save it anew in a drawing program and try again.',
};

const limits: Partial<Record<RefusalReason, number>> = {
  bytes: MAX_BYTES / 1024 / 1024,
  pixels: MAX_PIXELS / 1_000_000,
  side: MAX_SIDE,
  frames: MAX_FRAMES,
};

/**
 * 422: a file that is not taken, and why. `message` is an English sentence that names the file;
 * `problems.file` is the same for the catalogue.
 */
export class RefusedPictureError extends InvalidError {
  constructor(
    readonly reason: RefusalReason,
    readonly filename: string,
  ) {
    const limit = limits[reason] ?? 0;
    const sentence = sentences[reason]
      .replace('{limit}', limit.toLocaleString('en'))
      .replace('{name}', () => filename);
    super({ file: { key: `media.refused.${reason}`, values: { name: filename, limit } } }, sentence);
  }
}
