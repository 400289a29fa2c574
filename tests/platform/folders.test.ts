import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, makeFolderSync } from '#src/platform/folders.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'billet-folders-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ways = {
  makeFolder,
  makeFolderSync: async (folder: string, mode?: number) => makeFolderSync(folder, mode),
};

describe.each(Object.entries(ways))('%s', (_name, make) => {
  it('makes what is missing, with its mode, and leaves what is there', async () => {
    const folder = join(root, 'a', 'b', 'c');
    await make(folder, 0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await make(folder, 0o755);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('several at once make one', async () => {
    const folder = join(root, 'a', 'b');
    await Promise.all(Array.from({ length: 5 }, () => make(folder)));
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it('says that a file is in the way', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(make(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(make(join(root, 'file', 'below'))).rejects.toMatchObject({
      code: expect.stringMatching(/EEXIST|ENOTDIR/),
    });
  });

  it.skipIf(!existsSync('/proc/self'))('ends where the system takes no folder', async () => {
    await expect(make('/proc/billet/data')).rejects.toMatchObject({
      code: expect.stringMatching(/ENOENT|EACCES|EPERM/),
    });
  });
});
