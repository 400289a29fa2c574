import { createHash } from 'node:crypto';

/** The formats in which pictures are shown. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

const formats = {
  jpeg: { extension: 'jpg', mime: 'image/jpeg' },
  png: { extension: 'png', mime: 'image/png' },
  webp: { extension: 'webp', mime: 'image/webp' },
  gif: { extension: 'gif', mime: 'image/gif' },
  avif: { extension: 'avif', mime: 'image/avif' },
} as const satisfies Record<PictureFormat, { extension: string; mime: string }>;

const mimeByExtension = new Map<string, string>(
  Object.values(formats).map(({ extension, mime }) => [extension, mime]),
);
const formatByMime = new Map<string, PictureFormat>(
  (Object.keys(formats) as PictureFormat[]).map((format) => [formats[format].mime, format]),
);

const PUBLIC_KEY = /^([0-9a-f]{2})\/([0-9a-f]{2})\/(\1\2[0-9a-f]{60})\.(jpg|png|webp|gif|avif)$/;

/** SHA-256 in hexadecimal. */
export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function sharded(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/** Where a public file lies: `ab/cd/<sha256>.<extension>`, by its content. */
export function publicKey(content: Buffer, format: PictureFormat): string {
  return `${sharded(sha256(content))}.${formats[format].extension}`;
}

/** Where the bytes of an upload are kept; nothing under `originals/` is ever served to the public. */
export function originalKey(uploadSha256: string): string {
  return `originals/${sharded(uploadSha256)}`;
}

/** The media type of a format. */
export function mimeOf(format: PictureFormat): string {
  return formats[format].mime;
}

/** The format of a media type that we wrote; null for any other. */
export function formatOf(mime: string): PictureFormat | null {
  return formatByMime.get(mime) ?? null;
}

/** The address of a public file on this site. */
export function publicUrl(key: string): string {
  return `/media/${key}`;
}

/** What a public key says of its file; null for anything that is not a public key. */
export function readPublicKey(key: string): { hash: string; mime: string } | null {
  const match = PUBLIC_KEY.exec(key);
  const mime = mimeByExtension.get(match?.[4] ?? '');
  return match?.[3] && mime ? { hash: match[3], mime } : null;
}
