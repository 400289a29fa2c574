import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

let seed = 0;

/** A picture with something in it, another one at every call. */
export function drawing(width = 1200, height = 800): Sharp {
  seed += 1;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="rgb(${(seed * 37) % 256},90,160)"/>
    <circle cx="${width / 3}" cy="${height / 2}" r="${height / 4}" fill="rgb(240,${(seed * 53) % 256},40)"/>
    <path d="M0 ${seed % height} L${width} ${height}" stroke="white" stroke-width="7"/>
  </svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

/** A JPEG such as a camera writes: lying on its side, with place, owner and a profile. */
export function photograph(width = 1200, height = 800): Promise<Buffer> {
  return drawing(width, height)
    .withExif({
      IFD0: { Copyright: 'Ada Lovelace' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 29/1' },
    })
    .withMetadata({ orientation: 6 })
    .withIccProfile('p3')
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** An animation of `frames` plain pictures. */
export async function animation(
  frames: number,
  format: 'gif' | 'webp',
  size: { width: number; height: number } = { width: 60, height: 40 },
): Promise<Buffer> {
  const stills: Buffer[] = [];
  for (let index = 0; index < frames; index += 1) {
    const background = { r: (index * 29) % 256, g: (index * 7) % 256, b: 99 };
    stills.push(
      await sharp({ create: { ...size, channels: 3, background } }).png().toBuffer(),
    );
  }
  return sharp(stills, { join: { animated: true } }).toFormat(format).toBuffer();
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(content: Buffer): number {
  let value = 0xffffffff;
  for (const byte of content) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** A PNG of a few kilobytes that says it is this large, black all over. */
export function hugePng(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + Math.ceil(width / 8));
  const content = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', content),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
