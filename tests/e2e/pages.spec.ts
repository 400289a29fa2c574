import { expect, test, type Browser, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { HtmlValidate, type ConfigData } from 'html-validate';
import { adminSettings, logIn } from './support/admin.js';
import { expectAccessible, expectNoSidewaysScroll, watch } from './support/quality.js';
import { startSite, type Site } from './support/site.js';

let site: Site;

test.beforeAll(async () => {
  site = await startSite(adminSettings);
  await site.billet('demo');
});
test.afterAll(() => site.remove());

const looks = [
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;

/** Every page of the site that links lead to from `start`, on this host, up to a limit. */
async function crawl(page: Page, start: string[], limit: number): Promise<string[]> {
  const found = [...start];
  for (let i = 0; i < found.length && found.length < limit; i += 1) {
    const answer = await page.request.get(`${site.url}${found[i]}`);
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    for (const match of (await answer.text()).matchAll(/href="(\/[^"#]*)/g)) {
      const path = (match[1] ?? '').replaceAll('&amp;', '&');
      if (
        !found.includes(path) &&
        !/^\/(assets|media\/[0-9a-f]{2}\/)|feed|\.xml|\.json|\/original$/.test(path)
      )
        found.push(path);
    }
  }
  return found;
}

async function inspect(browser: Browser, paths: string[], loggedIn: boolean): Promise<void> {
  const validator = new HtmlValidate(
    JSON.parse(readFileSync('.htmlvalidate.json', 'utf8')) as ConfigData,
  );
  for (const [index, look] of looks.entries()) {
    const context = await browser.newContext({
      viewport: { width: look.width, height: 900 },
      colorScheme: look.colorScheme,
    });
    const page = await context.newPage();
    if (loggedIn) await logIn(page, site);
    const seen = watch(page, site.url);
    for (const path of paths) {
      const answer = await page.goto(`${site.url}${path}`);
      expect(answer?.status(), path).toBeLessThan(400);
      if (!(answer?.headers()['content-type'] ?? '').startsWith('text/html')) continue;
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      if (index === 0) {
        const report = await validator.validateString((await answer?.text()) ?? '', `${path}.html`);
        const messages = report.results.flatMap((result) => result.messages);
        expect
          .soft(
            messages.map(
              (message) => `${path} ${message.ruleId}: ${message.message} (${message.selector})`,
            ),
          )
          .toEqual([]);
      }
    }
    expect(seen).toEqual({ console: [], foreign: [] });
    await context.close();
  }
}

test('public pages: accessible, valid, quiet, from this host alone, at every width and scheme', async ({
  browser,
  page,
}) => {
  test.setTimeout(1_200_000);
  const paths = await crawl(page, ['/', '/archive', '/search?q=fog', '/search', '/login'], 40);
  expect(paths.length).toBeGreaterThan(15);
  await inspect(browser, paths, false);
});

test('admin pages: the same', async ({ browser, page }) => {
  test.setTimeout(1_200_000);
  await logIn(page, site);
  const found = await crawl(page, ['/admin', '/admin/posts/new', '/admin/pages/new'], 60);
  const paths = found.filter((path) => /^\/(admin|account)/.test(path)).slice(0, 40);
  expect(paths.length).toBeGreaterThan(10);
  await inspect(browser, paths, true);
});

test('pages for errors are pages too', async ({ page }) => {
  const seen = watch(page, site.url);
  const answer = await page.goto(`${site.url}/no/such/place`);
  expect(answer?.status()).toBe(404);
  await expectAccessible(page);
  await expect(page.locator('input[name=q]').first()).toBeVisible();
  expect(seen.foreign).toEqual([]);
});
