import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cleanPicture } from '#src/media/cleaning.js';
import { RefusedPictureError } from '#src/media/refusals.js';
import { animation, drawing, hugePng, photograph } from './pictures.js';

async function refusalOf(bytes: Buffer, filename = 'file.jpg'): Promise<RefusedPictureError> {
  const error: unknown = await cleanPicture(bytes, filename).catch((thrown: unknown) => thrown);
  if (!(error instanceof RefusedPictureError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe('a clean picture', () => {
  it('stands upright, in sRGB, without a trace of place, owner or camera', async () => {
    const bytes = await photograph(1200, 800);
    const before = await sharp(bytes).metadata();
    expect(before).toMatchObject({ orientation: 6, width: 1200, height: 800 });
    expect(before.exif?.includes('Ada Lovelace')).toBe(true);
    expect(before.icc).toBeDefined();

    const clean = await cleanPicture(bytes, 'IMG_0001.JPG');
    expect(clean).toMatchObject({ format: 'jpeg', width: 800, height: 1200, animated: false });
    const after = await sharp(clean.content).metadata();
    expect(after).toMatchObject({ format: 'jpeg', width: 800, height: 1200, space: 'srgb' });
    for (const trace of ['exif', 'icc', 'xmp', 'iptc', 'orientation'] as const) {
      expect(after[trace]).toBeUndefined();
    }
    expect(clean.content.includes('Ada Lovelace')).toBe(false);
  });

  it('keeps the colours of a wide-gamut picture as they look', async () => {
    const red = { create: { width: 8, height: 8, channels: 3 as const, background: '#cc2200' } };
    const bytes = await sharp(red).withIccProfile('p3').png().toBuffer();
    const { content } = await cleanPicture(bytes, 'red.png');
    const [r, g, b] = await sharp(content).raw().toBuffer();
    expect(Math.abs((r ?? 0) - 0xcc)).toBeLessThan(4);
    expect(Math.abs((g ?? 0) - 0x22)).toBeLessThan(4);
    expect(b ?? 255).toBeLessThan(6);
  });

  it.each([
    ['png', 'png', 'png'],
    ['webp', 'webp', 'webp'],
    ['gif', 'gif', 'gif'],
    ['avif', 'avif', 'heif'],
    ['tiff', 'jpeg', 'jpeg'],
    ['jpeg', 'jpeg', 'jpeg'],
  ] as const)('of a %s is a %s', async (given, format, decoder) => {
    const bytes = await drawing(300, 200).toFormat(given).toBuffer();
    const clean = await cleanPicture(bytes, 'whatever.exe');
    expect(clean).toMatchObject({ format, width: 300, height: 200 });
    expect((await sharp(clean.content).metadata()).format).toBe(decoder);
  });

  it('of a TIFF with transparency is a PNG', async () => {
    const bytes = await drawing(40, 30).ensureAlpha(0.5).tiff({ compression: 'lzw' }).toBuffer();
    expect(await cleanPicture(bytes, 'scan.tif')).toMatchObject({ format: 'png' });
  });

  it.each(['gif', 'webp'] as const)('of an animated %s is animated', async (format) => {
    const clean = await cleanPicture(await animation(7, format), 'dance');
    expect(clean).toMatchObject({ format, animated: true, width: 60, height: 40 });
    expect((await sharp(clean.content).metadata()).pages).toBe(7);
  });

  it('knows its average colour, transparency over white', async () => {
    const plain = (background: string | { r: number; g: number; b: number; alpha: number }) =>
      sharp({ create: { width: 9, height: 5, channels: 4, background } }).png().toBuffer();
    expect((await cleanPicture(await plain('#336699'), 'a.png')).color).toBe('#336699');
    const glass = await plain({ r: 0, g: 0, b: 0, alpha: 0 });
    expect((await cleanPicture(glass, 'a.png')).color).toBe('#ffffff');
    const grey = await sharp(await plain('#777777')).toColourspace('b-w').png().toBuffer();
    expect((await cleanPicture(grey, 'a.png')).color).toBe('#777777');
  });

  it('of a CMYK print file is an RGB picture', async () => {
    const bytes = await drawing(50, 40).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const { content } = await cleanPicture(bytes, 'print.jpg');
    expect((await sharp(content).metadata()).space).toBe('srgb');
  });
});

describe('refused with a sentence that names the file', () => {
  const html = '<!doctype html><script>alert(1)</script>';
  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'],
    ['SVG with a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['HTML named .jpg', html],
    ['PDF', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'],
    ['plain text', 'not a picture at all'],
    ['a ZIP', 'PK\u0003\u0004 and so on'],
    ['a BMP', `BM${'\0'.repeat(60)}`],
  ])('%s', async (_what, content) => {
    const refusal = await refusalOf(Buffer.from(content, 'latin1'), 'holiday.jpg');
    expect(refusal.reason).toBe('type');
    expect(refusal.message).toBe(
      '“holiday.jpg” is not a picture that can be shown here. JPEG, PNG, WebP, GIF, AVIF and TIFF pictures are accepted.',
    );
    expect(refusal.problems.file).toMatchObject({ key: 'media.refused.type' });
  });

  it('zero bytes', async () => {
    expect((await refusalOf(Buffer.alloc(0))).reason).toBe('empty');
  });

  it('more bytes than one file may have', async () => {
    const bytes = Buffer.alloc(25 * 1024 * 1024 + 1);
    (await photograph()).copy(bytes);
    const refusal = await refusalOf(bytes);
    expect(refusal.message).toContain('larger than 25 MB');
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('a %s cut off', async (format) => {
    const bytes = await drawing(400, 300).toFormat(format).toBuffer();
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.6));
    expect((await refusalOf(cut)).reason).toBe('broken');
  });

  it('only the first bytes of a picture', async () => {
    const bytes = await photograph();
    for (const length of [3, 4, 12, 40, 200]) {
      const { reason } = await refusalOf(bytes.subarray(0, length));
      expect(['type', 'broken']).toContain(reason);
    }
  });

  it('a PNG that unpacks to more pixels than are allowed, before it is unpacked', async () => {
    const bomb = hugePng(19_000, 19_000);
    expect(bomb.length).toBeLessThan(100_000);
    expect((await refusalOf(bomb)).reason).toBe('pixels');
    expect((await refusalOf(hugePng(2_000_000_000, 2_000_000_000, 1))).reason).toMatch(
      /side|broken/,
    );
  });

  it('a PNG whose header promises more than it holds', async () => {
    expect((await refusalOf(hugePng(5000, 5000, 10))).reason).toBe('broken');
  });

  it('a picture more than 20,000 pixels wide', async () => {
    const bytes = await sharp({
      create: { width: 20_001, height: 2, channels: 3, background: 'navy' },
    })
      .png()
      .toBuffer();
    const refusal = await refusalOf(bytes);
    expect(refusal.message).toContain('wider or higher than 20,000 pixels');
  });

  it('an animation with too many frames, or with too many pixels in them', async () => {
    expect((await refusalOf(await animation(501, 'gif', { width: 4, height: 4 }))).reason).toBe(
      'frames',
    );
    const large = await animation(60, 'gif', { width: 1400, height: 1200 });
    expect((await refusalOf(large)).reason).toBe('pixels');
  });
});

describe('a file that is two things at once', () => {
  it('is only a picture afterwards', async () => {
    const bytes = Buffer.concat([
      await drawing(80, 60).gif().toBuffer(),
      Buffer.from('<script>alert("polyglot")</script>PK\u0003\u0004'),
    ]);
    const { content, format } = await cleanPicture(bytes, 'both.html');
    expect(format).toBe('gif');
    expect(content.includes('script')).toBe(false);
  });

  it('is only a picture afterwards where the other half is in a comment', async () => {
    const jpeg = await photograph(90, 60);
    const text = Buffer.from('<?php system($_GET[0]); ?><script>alert(1)</script>');
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    const { content } = await cleanPicture(bytes, 'x.php');
    expect(content.includes('php')).toBe(false);
    expect(content.includes('script')).toBe(false);
  });
});
