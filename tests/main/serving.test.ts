import { request, type ClientRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from '#src/platform/embedded-postgres/port.js';
import { useInstallation } from './billet.js';

/** A form of which half has been sent: the server is waiting for the rest. */
async function halfSent(url: string): Promise<{ req: ClientRequest; answer: Promise<unknown> }> {
  const req = request(`${url}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '20' },
  });
  const answer = new Promise<unknown>((done) => {
    req.on('response', (response) => done(response.resume()));
    req.on('error', done);
  });
  await new Promise<unknown>((sent) => req.write('login=ada&', sent));
  // A second request that is answered tells that the first one has arrived.
  const second = await fetch(`${url}/healthz`, { headers: { Connection: 'close' } });
  expect(second.status).toBe(200);
  return { req, answer };
}

/** Whether the site takes new connections. */
async function isOpen(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );
}

describe('billet serve', () => {
  const billet = useInstallation();

  it('prints its address and one link for the first admin, and ends well on SIGTERM', async () => {
    const site = await billet.serve();
    expect((await fetch(`${billet.url}/readyz`)).status).toBe(200);
    const links = site.stdout().match(/http:\/\/localhost:\d+\/setup\?token=\S+/g) ?? [];
    expect(links).toHaveLength(1);
    const setup = await fetch(links[0] ?? '');
    expect(setup.status).toBe(200);
    site.child.kill('SIGTERM');
    expect(await site.ended).toBe(0);
    expect(site.stderr()).toBe('');
  });

  it('makes the admin of ADMIN_* and prints no link', async () => {
    const site = await billet.serve([], {
      ADMIN_EMAIL: 'ada@example.org',
      ADMIN_USERNAME: 'ada',
      ADMIN_PASSWORD: 'correct horse battery',
    });
    expect(site.stdout()).not.toContain('/setup');
    site.child.kill('SIGINT');
    expect(await site.ended).toBe(0);
  });

  it('comes back after kill -9 with everything it had', async () => {
    const first = await billet.serve();
    const made = await billet.run([
      ...['user', 'create', '--email', 'ada@example.org', '--username', 'ada'],
      ...['--role', 'admin', '--password', 'correct horse battery'],
    ]);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await billet.serve();
    const { stdout } = await billet.run(['user', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ username: 'ada', role: 'admin' }]);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('says that the port is taken, and leaves the other site alone', async () => {
    await billet.serve();
    const second = await billet.run(['serve']);
    expect(second).toMatchObject({ status: 1, stdout: '' });
    expect(second.stderr).toMatch(
      /^Port \d+ on 127\.0\.0\.1 is in use .*set PORT to a free port\.\n$/,
    );
    expect((await fetch(`${billet.url}/readyz`)).status).toBe(200);
  });

  it('shares its data folder with a second one on another port, which outlives it', async () => {
    const first = await billet.serve();
    const port = `${await freePort()}`;
    const second = await billet.serve([], { PORT: port });
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('finishes a request that runs when it is asked to end, and closes its connection', async () => {
    const site = await billet.serve();
    const { req, answer } = await halfSent(billet.url);
    site.child.kill('SIGTERM');
    // It takes no new connection any more, and still works on the old one.
    await expect.poll(() => isOpen(billet.url), { timeout: 20_000 }).toBe(false);
    expect(site.child.exitCode).toBeNull();
    req.end('password=x');
    const response = await answer;
    expect(response).toMatchObject({ statusCode: 422, headers: { connection: 'close' } });
    expect(await site.ended).toBe(0);
    expect(site.stderr()).toBe('');
  });

  it('exits at once when it is asked a second time', async () => {
    const site = await billet.serve();
    const { answer } = await halfSent(billet.url);
    site.child.kill('SIGINT');
    await expect.poll(() => isOpen(billet.url), { timeout: 20_000 }).toBe(false);
    // The same keystroke may arrive twice at once; only a later one counts as the second.
    await expect
      .poll(() => (site.child.kill('SIGINT'), site.child.exitCode), { timeout: 5_000 })
      .toBe(1);
    expect(await answer).toBeInstanceOf(Error);
  });
});
