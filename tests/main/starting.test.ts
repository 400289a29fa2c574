import { createServer, type AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useInstallation } from './billet.js';

const billet = useInstallation();

it.skipIf(!existsSync('/proc/self'))(
  'a data folder that cannot be made is said in one sentence, and nothing hangs',
  async () => {
    const { status, stdout, stderr } = await billet.run(['serve'], { DATA_DIR: '/proc/billet' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^The folder \/proc\/billet\S* .*cannot be used \(E[A-Z]+\): make it writable, or set DATA_DIR to a folder that is\.\n$/,
    );
  },
);

it('ends on SIGTERM while it waits for a database that never answers', async () => {
  let connected = (): void => undefined;
  const asked = new Promise<void>((resolve) => (connected = resolve));
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    connected();
  });
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
  const { port } = silent.address() as AddressInfo;
  const site = billet.start(['serve'], { DATABASE_URL: `postgresql://127.0.0.1:${port}/x` });
  await asked;
  const before = performance.now();
  site.child.kill('SIGTERM');
  expect(await site.ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(15_000);
  expect(site.stdout()).toBe('');
  silent.close();
});
