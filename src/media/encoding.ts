import sharp, { type Sharp } from 'sharp';
import { createGate } from './gate.js';
import type { PictureFormat } from './keys.js';
import { MAX_ANIMATION_PIXELS, MAX_PIXELS } from './refusals.js';

// Every picture is another one: keeping decoded ones in memory only costs.
sharp.cache(false);

/** Decoding takes up to 400 MB for the largest animation, so only two happen at once. */
export const decoding = createGate(2);

/** Seconds after which work on one file is given up: while somebody waits, and in the queue. */
const PATIENCE = { upload: 120, queue: 600 };

/** What is known of a picture before it is decoded. */
export interface Source {
  format: PictureFormat;
  animated: boolean;
  /** A PNG with a palette stays one, or it would grow by a multiple. */
  palette: boolean;
}

/**
 * Opens a picture for decoding: upright, without metadata, in sRGB once it is written. Any damage that
 * the decoder meets is an error.
 */
export function openPicture(
  bytes: Buffer,
  { animated, during }: { animated: boolean; during: keyof typeof PATIENCE },
): Sharp {
  return sharp(bytes, {
    animated,
    failOn: 'error',
    limitInputPixels: animated ? MAX_ANIMATION_PIXELS : MAX_PIXELS,
    sequentialRead: true,
  })
    .timeout({ seconds: PATIENCE[during] })
    .autoOrient();
}

/** Encodes the whole picture, while somebody waits: quick, and near to the source. */
export function encodeWhole(picture: Sharp, { format, palette }: Source): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: 88 });
    case 'png':
      return palette ? picture.png({ palette: true, effort: 4, dither: 0 }) : picture.png();
    case 'webp':
      return picture.webp({ quality: 88, effort: 3 });
    case 'gif':
      return picture.gif({ effort: 1 });
    case 'avif':
      return picture.avif({ quality: 65, effort: 2 });
  }
}

/** Encodes a smaller copy, in the queue: slower, and as small as it can be; hundreds of frames less so. */
export function encodeVariant(
  picture: Sharp,
  { format, animated }: Pick<Source, 'format' | 'animated'>,
): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: 82, mozjpeg: true });
    case 'png':
      return picture.png({ palette: true, quality: 90, effort: 7 });
    case 'webp':
      return picture.webp({ quality: 80, effort: animated ? 2 : 4, smartSubsample: true });
    case 'gif':
      return picture.gif({ effort: animated ? 1 : 7 });
    case 'avif':
      return picture.avif({ quality: 55, effort: 4 });
  }
}
