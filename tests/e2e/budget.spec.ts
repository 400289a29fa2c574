import { expect, test } from '@playwright/test';
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { adminSettings } from './support/admin.js';
import { startSite, type Site } from './support/site.js';

let site: Site;
/** A post without pictures: what the budget is about. */
const textPost = '/posts/a-sextant-in-forty-one-pieces';

test.beforeAll(async () => {
  site = await startSite(adminSettings);
  await site.billet('demo');
});
test.afterAll(() => site.remove());

test('the first view of a text post: at most 4 requests, 52 KB with the font, 18 KB without', async ({
  page,
}) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const types = new Map<string, { url: string; type: string }>();
  const bytes = new Map<string, number>();
  session.on('Network.responseReceived', (event) => {
    types.set(event.requestId, { url: event.response.url, type: event.type });
  });
  session.on('Network.loadingFinished', (event) =>
    bytes.set(event.requestId, event.encodedDataLength),
  );
  const answer = await page.goto(`${site.url}${textPost}`, { waitUntil: 'networkidle' });
  expect(answer?.status()).toBe(200);
  await expect(page.locator('article img')).toHaveCount(0);
  const rows = [...types].map(([id, row]) => ({ ...row, bytes: bytes.get(id) ?? 0 }));
  const network = rows.filter((row) => !row.url.startsWith('data:'));
  const total = network.reduce((sum, row) => sum + row.bytes, 0);
  const fonts = network
    .filter((row) => row.type === 'Font')
    .reduce((sum, row) => sum + row.bytes, 0);
  process.stdout.write(
    `first view: ${network.length} requests, ${total} bytes, ${total - fonts} without the font\n`,
  );
  expect(network.every((row) => row.url.startsWith(site.url))).toBe(true);
  expect(network.length, JSON.stringify(network)).toBeLessThanOrEqual(4);
  expect(total).toBeLessThanOrEqual(52 * 1024);
  expect(total - fonts).toBeLessThanOrEqual(18 * 1024);
});

test('Lighthouse on a phone: 100 in accessibility, best practices and SEO', async () => {
  const chrome = await launchChrome({
    chromePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    chromeFlags: [
      '--headless=new',
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
  try {
    for (const path of ['/', textPost, '/archive']) {
      const run = await lighthouse(`${site.url}${path}`, {
        port: chrome.port,
        output: 'json',
        logLevel: 'error',
      });
      const categories = run?.lhr.categories ?? {};
      const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
      const failed = Object.values(run?.lhr.audits ?? {})
        .filter((audit) => audit.score === 0 && audit.scoreDisplayMode === 'binary')
        .map((audit) => audit.id);
      process.stdout.write(`lighthouse ${path}: performance ${score('performance')}\n`);
      expect({
        path,
        accessibility: score('accessibility'),
        practices: score('best-practices'),
        seo: score('seo'),
        failed: failed.join(),
      }).toMatchObject({ accessibility: 100, practices: 100, seo: 100 });
    }
  } finally {
    chrome.kill();
  }
});
