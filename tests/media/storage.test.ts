import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStorage, MissingFileError, type Storage } from '#src/media/index.js';

let folder: string;
let storage: Storage;
const jpeg = { contentType: 'image/jpeg' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'billet-storage-'));
  storage = createStorage({ storage: 'local', mediaDir: path.join(folder, 'media') });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('files in a folder', () => {
  it('are written, replaced, read in whole and in part, measured and removed', async () => {
    await storage.put('ab/cd/abcd.jpg', Buffer.from('first'), jpeg);
    await storage.put('ab/cd/abcd.jpg', Buffer.from('0123456789'), jpeg);
    expect((await storage.get('ab/cd/abcd.jpg')).toString()).toBe('0123456789');
    expect(await text(await storage.read('ab/cd/abcd.jpg'))).toBe('0123456789');
    expect(await text(await storage.read('ab/cd/abcd.jpg', { start: 2, end: 4 }))).toBe('234');
    expect(await storage.size('ab/cd/abcd.jpg')).toBe(10);
    expect(await storage.exists('ab/cd/abcd.jpg')).toBe(true);
    await storage.remove('ab/cd/abcd.jpg');
    await storage.remove('ab/cd/abcd.jpg');
    expect(await storage.exists('ab/cd/abcd.jpg')).toBe(false);
    expect(await storage.size('ab/cd/abcd.jpg')).toBeNull();
  });

  it('that are missing say so', async () => {
    await expect(storage.get('no/file.jpg')).rejects.toThrow(MissingFileError);
    await expect(storage.read('no/file.jpg')).rejects.toThrow(MissingFileError);
  });

  it('in private are for their owner alone', async () => {
    await storage.put('originals/ab/abc', Buffer.from('x'), { ...jpeg, private: true });
    await storage.put('ab/abc.jpg', Buffer.from('x'), jpeg);
    const mode = async (key: string) => (await stat(path.join(folder, 'media', key))).mode & 0o777;
    expect(await mode('originals/ab/abc')).toBe(0o600);
    expect(await mode('originals')).toBe(0o700);
    expect(await mode('ab/abc.jpg')).toBe(0o644);
  });

  it('leave nothing half-written behind when the disk refuses', async () => {
    await storage.put('ab/file.jpg', Buffer.from('whole'), jpeg);
    // A folder in the place of the file makes the last step fail.
    await storage.put('cd/taken/inner.jpg', Buffer.from('x'), jpeg);
    await expect(storage.put('cd/taken', Buffer.from('y'), jpeg)).rejects.toThrow();
    expect(await readdir(path.join(folder, 'media', '.incoming'))).toEqual([]);
  });

  it('of a killed process are swept away after a day, younger ones are left alone', async () => {
    await storage.check();
    const incoming = path.join(folder, 'media', '.incoming');
    for (const name of ['old', 'young']) await writeFile(path.join(incoming, name), 'x');
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    await utimes(path.join(incoming, 'old'), twoDaysAgo, twoDaysAgo);
    await storage.put('ab/file.jpg', Buffer.from('x'), jpeg);
    expect(await readdir(incoming)).toEqual(['young']);
  });

  it.each([
    '../outside.jpg',
    'ab/../../outside.jpg',
    '/etc/passwd',
    'ab//cd.jpg',
    'ab/./cd.jpg',
    '.incoming/x',
    'ab/.hidden',
    'ab\\..\\cd.jpg',
    'ab/cd\0.jpg',
    'ab/%2e%2e/cd.jpg',
    'AB/CD.JPG',
    '',
    'a/b/c/d/e/f/g/h/i',
    'x'.repeat(200),
  ])('have no key such as %j', async (key) => {
    await expect((async () => storage.put(key, Buffer.from('x'), jpeg))()).rejects.toThrow('key');
    await expect((async () => storage.get(key))()).rejects.toThrow('is not the key of a file');
    await expect((async () => storage.remove(key))()).rejects.toThrow('key');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('check', () => {
  it('is fine on a folder that can be written, and leaves nothing in it', async () => {
    await storage.check();
    expect(await readdir(path.join(folder, 'media', '.incoming'))).toEqual([]);
  });

  it('rejects where the folder cannot be made', async () => {
    await writeFile(path.join(folder, 'media'), 'a file');
    await expect(storage.check()).rejects.toThrow();
  });

  it.skipIf(process.getuid?.() === 0)('rejects where the folder cannot be written', async () => {
    await storage.check();
    await chmod(path.join(folder, 'media', '.incoming'), 0o500);
    await expect(storage.check()).rejects.toThrow();
  });
});

it.each(['s3', 'cloudinary'])('STORAGE=%s is refused in one sentence', (name) => {
  expect(() => createStorage({ storage: name, mediaDir: folder })).toThrow(
    `STORAGE has "${name}"; this version keeps files only in a folder and takes "local".`,
  );
});
