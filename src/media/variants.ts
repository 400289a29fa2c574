import sharp from 'sharp';
import { decoding, encodeVariant, openPicture } from './encoding.js';
import { formatOf, mimeOf, publicKey, type PictureFormat } from './keys.js';
import type { NewVariant } from './queries.js';

/** Widths of the smaller copies, in pixels. */
const VARIANT_WIDTHS: readonly number[] = [480, 960, 1600];

/** The most pixels that a WebP picture can be high (its container format has 14 bits for it). */
const WEBP_HIGHEST = 16_383;

/** A smaller copy: its row, and its file. */
export interface MadeVariant {
  row: NewVariant;
  content: Buffer;
}

interface Whole {
  width: number;
  height: number;
  mime: string;
  bytes: number;
}

/** Which copies a picture gets: none is wider than itself, and WebP also comes at its full width. */
function plannedVariants(whole: Whole): { width: number; format: PictureFormat }[] {
  const own = formatOf(whole.mime) ?? 'jpeg';
  const smaller = VARIANT_WIDTHS.filter((width) => width < whole.width);
  const widest = Math.min(whole.width, VARIANT_WIDTHS.at(-1) ?? whole.width);
  const planned = smaller.map((width) => ({ width, format: own }));
  if (own === 'webp') return planned;
  for (const width of new Set([...smaller, widest])) {
    const height = Math.round((whole.height * width) / whole.width);
    if (height <= WEBP_HIGHEST) planned.push({ width, format: 'webp' });
  }
  return planned;
}

/**
 * Makes the smaller copies of a picture from the bytes as they were uploaded, one after the other.
 * @throws {Error} when the bytes cannot be decoded. An aborted `signal` ends it between two copies.
 */
export async function makeVariants(
  original: Buffer,
  whole: Whole,
  signal?: AbortSignal,
): Promise<MadeVariant[]> {
  const { pages = 1 } = await sharp(original).metadata();
  const own = formatOf(whole.mime);
  const animated = pages > 1 && (own === 'gif' || own === 'webp');
  const made: MadeVariant[] = [];
  for (const { width, format } of plannedVariants(whole)) {
    signal?.throwIfAborted();
    const { data, info } = await decoding(() => {
      const picture = openPicture(original, { animated, during: 'queue' }).resize({ width });
      return encodeVariant(picture, { format, animated }).toBuffer({ resolveWithObject: true });
    });
    // A copy that is heavier than the whole helps nobody: animated GIFs do not shrink with their width.
    if (format === own && data.length >= whole.bytes) continue;
    const row = {
      key: publicKey(data, format),
      mime: mimeOf(format),
      width: info.width,
      height: info.pageHeight ?? info.height,
      bytes: data.length,
    };
    made.push({ row, content: data });
  }
  return made;
}
