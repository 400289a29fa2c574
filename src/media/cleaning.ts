import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import { decoding, encodeWhole, openPicture, type Source } from './encoding.js';
import { shownFilename } from './filenames.js';
import type { PictureFormat } from './keys.js';
import {
  MAX_ANIMATION_PIXELS,
  MAX_BYTES,
  MAX_FRAMES,
  MAX_PIXELS,
  MAX_SIDE,
  RefusedPictureError,
  type RefusalReason,
} from './refusals.js';

/** A picture that we have decoded and written anew: nothing of the file it came in is left. */
export interface CleanPicture extends Source {
  content: Buffer;
  /** Pixels, upright. */
  width: number;
  /** Pixels of one frame, upright. */
  height: number;
  /** Average colour of the first frame as #rrggbb, transparency over white. */
  color: string;
}

/** What the first bytes say, which decoder must then agree, and what is written. */
const accepted: Record<string, { decoder: Metadata['format']; format?: PictureFormat }> = {
  'image/jpeg': { decoder: 'jpeg', format: 'jpeg' },
  'image/png': { decoder: 'png', format: 'png' },
  'image/apng': { decoder: 'png', format: 'png' },
  'image/webp': { decoder: 'webp', format: 'webp' },
  'image/gif': { decoder: 'gif', format: 'gif' },
  'image/avif': { decoder: 'heif', format: 'avif' },
  'image/tiff': { decoder: 'tiff' },
};

/**
 * Makes a clean picture of uploaded bytes: its type is read from the content, never from the name; it
 * is decoded, turned upright, brought to sRGB and written again without metadata (EXIF, GPS, XMP,
 * profiles, comments). Animated GIF and WebP stay animated; TIFF becomes JPEG, or PNG where it has
 * transparency.
 * @throws {RefusedPictureError} with the reason, for anything that is not such a picture.
 */
export async function cleanPicture(bytes: Buffer, filename: string): Promise<CleanPicture> {
  const name = shownFilename(filename);
  const refuse = (reason: RefusalReason) => new RefusedPictureError(reason, name);
  if (bytes.length === 0) throw refuse('empty');
  if (bytes.length > MAX_BYTES) throw refuse('bytes');
  const source = await inspect(bytes, refuse);
  try {
    return await decoding(async () => {
      const whole = encodeWhole(openPicture(bytes, { ...source, during: 'upload' }), source);
      const { data, info } = await whole.toBuffer({ resolveWithObject: true });
      const height = info.pageHeight ?? info.height;
      return { ...source, content: data, width: info.width, height, color: await colorOf(data) };
    });
  } catch (error) {
    throw refuse(reasonOf(error));
  }
}

type Refuse = (reason: RefusalReason) => RefusedPictureError;

/** Reads type and size from the header, before anything is decoded. */
async function inspect(bytes: Buffer, refuse: Refuse): Promise<Source> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const plan = accepted[type?.mime ?? ''];
  if (!plan) throw refuse('type');
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!header) throw refuse('broken');
  if (header.format !== plan.decoder) throw refuse('type');
  const { width, height } = header;
  const animated = (plan.format === 'gif' || plan.format === 'webp') && (header.pages ?? 1) > 1;
  const frames = animated ? (header.pages ?? 1) : 1;
  if (width > MAX_SIDE || height > MAX_SIDE) throw refuse('side');
  if (frames > MAX_FRAMES) throw refuse('frames');
  if (width * height > MAX_PIXELS || width * height * frames > MAX_ANIMATION_PIXELS) {
    throw refuse('pixels');
  }
  const format = plan.format ?? (header.hasAlpha ? 'png' : 'jpeg');
  return { format, animated, palette: format === 'png' && header.isPalette === true };
}

function reasonOf(error: unknown): RefusalReason {
  const message = error instanceof Error ? error.message : '';
  if (/timeout/i.test(message)) return 'slow';
  if (/pixel limit/i.test(message)) return 'pixels';
  return 'broken';
}

async function colorOf(content: Buffer): Promise<string> {
  const pixel = await sharp(content)
    .flatten({ background: '#ffffff' })
    .resize(1, 1, { fit: 'fill', kernel: 'linear' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  return `#${pixel.subarray(0, 3).toString('hex')}`;
}
