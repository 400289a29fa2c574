import type * as fs from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { useApp } from '../support/app.js';
import { photograph } from './pictures.js';

const disk = vi.hoisted(() => ({ full: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const open: typeof real.open = async (...args) => {
    const handle = await real.open(...args);
    if (disk.full && args[1] === 'wx') {
      handle.writeFile = () =>
        Promise.reject(
          Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
        );
    }
    return handle;
  };
  return { ...real, open };
});

const app = useApp();
afterEach(() => {
  disk.full = false;
});

it('a full disk is a 507 with a sentence, for people and programs, and leaves nothing', async () => {
  const { agent } = await app.loginAs('author');
  const bytes = await photograph(60, 40);
  const send = (accept: string) =>
    agent.post('/admin/media').set('Accept', accept).attach('file', bytes, 'a.jpg');
  disk.full = true;
  const json = await send('application/json').expect(507);
  expect(json.body).toMatchObject({
    error: { code: 'storage_full', message: 'The disk for pictures is full.' },
  });
  const page = await send('text/html').expect(507);
  expect(page.text).toContain('<h1>There is no room left</h1>');
  expect(await app.db.media.count()).toBe(0);
  expect(await readdir(path.join(app.ctx.config.dataDir, 'uploads'))).toEqual([]);
  expect(await readdir(path.join(app.ctx.config.mediaDir, '.incoming'))).toEqual([]);
  disk.full = false;
  await send('text/html').expect(303);
});
