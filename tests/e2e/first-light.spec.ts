import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { admin, logIn } from './support/admin.js';
import { expectAccessible, watch } from './support/quality.js';
import { startSite, type Site } from './support/site.js';
import { themeData } from './support/theme-data.js';

let site: Site;

test.beforeAll(async () => {
  site = await startSite();
});
test.afterAll(() => site.remove());

/** A WordPress export: the theme test data where it lies beside the project, else our own small one. */
const exportFile =
  themeData ?? path.resolve(import.meta.dirname, '../fixtures/transfer/small-site.xml');

/** A picture as a camera makes it. */
function photograph(): Promise<Buffer> {
  return sharp({ create: { width: 2000, height: 1300, channels: 3, background: '#8aa0a8' } })
    .jpeg()
    .toBuffer();
}

/** The next full minute, as the form's date field takes it (the site's time zone is UTC). */
function nextMinute(): string {
  const date = new Date(Math.ceil((Date.now() + 1000) / 60_000) * 60_000);
  return date.toISOString().slice(0, 16);
}

async function save(page: Page): Promise<void> {
  await page
    .locator('form[data-editor] button[type=submit][name=""], form[data-editor] [data-save]')
    .first()
    .click();
}

test('a newcomer becomes admin, moves a site in, writes, schedules and reads', async ({ page }) => {
  test.setTimeout(900_000);
  const seen = watch(page, site.url);

  await test.step('the printed link makes the first admin', async () => {
    expect(site.setupLink).not.toBeNull();
    await page.goto(site.setupLink ?? '');
    await expectAccessible(page);
    await page.fill('[name=email]', admin.email);
    await page.fill('[name=username]', admin.username);
    await page.fill('[name=displayName]', admin.displayName);
    await page.fill('[name=password]', admin.password);
    await page.click('main [type=submit]');
    await expect(page).toHaveURL(/\/admin$/);
    const again = await page.request.get(site.setupLink ?? '');
    expect(await again.text()).not.toContain('name="password"');
  });

  await test.step('the WordPress site comes in, with its progress shown', async () => {
    await page.goto(`${site.url}/admin/import`);
    await page.setInputFiles('input[type=file]', exportFile);
    await page.click('main form [type=submit]');
    await expect(page.locator('[data-import-state=done]')).toBeVisible({ timeout: 300_000 });
    await expectAccessible(page);
    await page.goto(site.url);
    expect(await page.locator('article').count()).toBeGreaterThan(2);
  });

  await test.step('a post with a picture is written and read', async () => {
    await page.goto(`${site.url}/admin/posts/new`);
    await page.fill('[name=title]', 'A letter from the gallery of the lamp');
    await page.fill(
      '[name=body]',
      '## Fog\n\nThe horn was silent, so he rang the bell by hand.\n\n',
    );
    await page
      .locator('[data-upload] input[type=file], input[type=file][data-upload]')
      .first()
      .setInputFiles({
        name: 'harbour.jpg',
        mimeType: 'image/jpeg',
        buffer: await photograph(),
      });
    await expect(page.locator('[name=body]')).toHaveValue(/!\[.*\]\(\/media\/\d+\)/);
    await page.selectOption('[name=status]', 'published');
    await page.fill('[name=tags]', 'fog, letters');
    await save(page);
    await expect(page).toHaveURL(/\/admin\/posts\/\d+/);
    await page.goto(`${site.url}/posts/a-letter-from-the-gallery-of-the-lamp`);
    await expect(page.locator('h1')).toHaveText('A letter from the gallery of the lamp');
    const picture = page.locator('.post-body img, article img').first();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    // The queue makes the smaller widths; the page gets them when they are there.
    await expect
      .poll(async () => (await page.request.get(page.url())).text(), { timeout: 120_000 })
      .toMatch(/type="image\/webp"[^>]*srcset="[^"]*480w|srcset="[^"]*480w[^>]*type="image\/webp"/);
  });

  await test.step('a scheduled post appears on its minute, although the process was down meanwhile', async () => {
    await page.goto(`${site.url}/admin/posts/new`);
    await page.fill('[name=title]', 'Printed at its hour');
    await page.fill('[name=body]', 'The tide tables came out on the first of the month.');
    await page.selectOption('[name=status]', 'scheduled');
    await page.fill('[name=publishedAt]', nextMinute());
    await save(page);
    await expect(page).toHaveURL(/\/admin\/posts\/\d+/);
    expect(await site.stop()).toBe(0);
    await site.start();
    await expect
      .poll(
        async () => (await page.request.get(`${site.url}/posts/printed-at-its-hour`)).status(),
        { timeout: 180_000 },
      )
      .toBe(200);
    await page.goto(site.url);
    await expect(page.getByRole('link', { name: 'Printed at its hour' }).first()).toBeVisible();
  });

  await test.step('search, archive and feeds know it all', async () => {
    await page.goto(`${site.url}/search?q=horn`);
    await expect(page.locator('mark').first()).toHaveText(/horn/i);
    await page.goto(`${site.url}/search?q=galery+of+the+lampp`);
    await page.getByRole('link', { name: 'gallery of the lamp' }).click();
    await expect(page.locator('main')).toContainText('A letter from the gallery');
    for (const feed of ['/feed.xml', '/atom.xml', '/feed.json']) {
      expect(await (await page.request.get(site.url + feed)).text()).toContain(
        'Printed at its hour',
      );
    }
  });
  expect(seen).toEqual({ console: [], foreign: [] });
});

test('without JavaScript the same author writes, previews and publishes', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, site);
  await page.goto(`${site.url}/admin/posts/new`);
  await page.fill('[name=title]', 'Written by hand');
  await page.fill('[name=body]', 'No script was *harmed*.');
  await page.selectOption('[name=status]', 'published');
  await save(page);
  await page.goto(`${site.url}/posts/written-by-hand`);
  await expect(page.locator('em', { hasText: 'harmed' })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('form[action="/preferences"] [value=dark]').first().click();
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  await context.close();
});
