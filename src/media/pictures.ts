import type { RenderMedia } from '#src/platform/markdown/index.js';
import type { Db } from '#src/platform/db.js';
import { publicUrl } from './keys.js';
import { findPictureRows, type PictureRow } from './queries.js';

/** Widest copy of a picture that a page shows, in pixels. */
const WIDEST_SHOWN = 1600;

/** A picture as a template shows it; addresses are hashed and never change their content. */
export interface Picture {
  /** The widest copy in the upload's own format, at most 1600 pixels wide where there is one. */
  src: string;
  /** Candidates in the upload's own format; undefined when `src` is the only one. */
  srcset: string | undefined;
  /** Candidates as WebP; undefined until they are made, and where the upload itself was WebP. */
  webpSrcset: string | undefined;
  /** Pixels of `src`. */
  width: number;
  height: number;
  alt: string;
  /** Average colour as #rrggbb. */
  color: string | null;
}

interface Candidate {
  src: string;
  width: number;
  height: number;
}

interface Candidates {
  shown: Candidate;
  own: Candidate[];
  webp: Candidate[];
}

function candidatesOf(media: PictureRow): Candidates {
  const whole = { src: publicUrl(media.key), width: media.width, height: media.height };
  const of = (wanted: (mime: string) => boolean): Candidate[] =>
    media.variants
      .filter((variant) => wanted(variant.mime))
      .map(({ key, width, height }) => ({ src: publicUrl(key), width, height }));
  const smaller = of((mime) => mime === media.mime).filter(({ width }) => width < media.width);
  const widest = smaller.at(-1);
  // The whole picture of a camera is several megabytes: shown only until there is something better.
  const enough = media.width > WIDEST_SHOWN && widest !== undefined && widest.width >= WIDEST_SHOWN;
  const own = enough ? smaller : [...smaller, whole];
  const webp = media.mime === 'image/webp' ? [] : of((mime) => mime === 'image/webp');
  return { shown: own.at(-1) ?? whole, own, webp };
}

function srcsetOf(candidates: Candidate[]): string {
  return candidates.map(({ src, width }) => `${src} ${width}w`).join(', ');
}

/** What a template needs to show a picture of the library: covers, avatars, lists. */
export function pictureOf(media: PictureRow): Picture {
  const { shown, own, webp } = candidatesOf(media);
  return {
    ...shown,
    srcset: own.length > 1 ? srcsetOf(own) : undefined,
    webpSrcset: webp.length > 0 ? srcsetOf(webp) : undefined,
    alt: media.alt,
    color: media.color,
  };
}

function renderMediaOf(media: PictureRow): RenderMedia {
  const { shown, own, webp } = candidatesOf(media);
  const variants = [
    ...(own.length > 1 ? own : []).map(({ src, width }) => ({ src, width, type: 'original' as const })),
    ...webp.map(({ src, width }) => ({ src, width, type: 'webp' as const })),
  ];
  return { id: media.id, ...shown, alt: media.alt, variants };
}

/** What the Markdown renderer needs of the pictures with these ids, by id; the rest is missing. */
export async function renderMedia(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, RenderMedia>> {
  const found = await findPictureRows(db, ids);
  return new Map(found.map((media) => [media.id, renderMediaOf(media)]));
}
