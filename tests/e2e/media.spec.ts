import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { adminSettings, logIn } from './support/admin.js';
import { expectAccessible, expectNoSidewaysScroll, watch } from './support/quality.js';
import { startSite, type Site } from './support/site.js';

let site: Site;
test.beforeAll(async () => {
  site = await startSite(adminSettings);
});
test.afterAll(() => site.remove());

const jpeg = (name: string, background: string) => async () => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1400, height: 900, channels: 3, background } })
    .jpeg()
    .toBuffer(),
});
const sea = jpeg('sea.jpg', 'steelblue');
const sand = jpeg('sand.jpg', 'sandybrown');
const drawing = { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') };

/** Drops a file on the upload form, as from the desktop. */
async function drop(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  const transfer = await page.evaluateHandle(
    ({ name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: mimeType }));
      return data;
    },
    { ...file, base64: file.buffer.toString('base64') },
  );
  await page.dispatchEvent('[data-upload]', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('[data-upload]', 'drop', { dataTransfer: transfer });
}

test('pictures are chosen or dropped, described, shown and deleted', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, site);
  const seen = watch(page, site.url);
  await page.goto(`${site.url}/admin/media`);
  await page.setInputFiles('[data-upload] [name=file]', [await sea()]);
  await page.fill('[data-upload] [name=alt]', 'A calm sea');
  await page.click('[data-upload] [type=submit]');
  await expect(page.getByText('sea.jpg is in the library.')).toBeVisible();
  await drop(page, await sand());
  await expect(page.getByText('sand.jpg is in the library.')).toBeVisible();
  await expect(page.locator('.media-item')).toHaveCount(2);
  expect(seen).toEqual({ console: [], foreign: [] });
  await drop(page, drawing);
  await expect(page.getByText('“drawing.svg” is not a picture')).toBeVisible();

  await page.locator('.media-item', { hasText: 'sand.jpg' }).getByRole('link').click();
  await page.getByLabel('Alt text').fill('Sand & <wind>');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Alt text')).toHaveValue('Sand & <wind>');
  await expect(async () => {
    await page.reload();
    expect(await page.locator('tbody tr').count()).toBe(6);
  }).toPass();
  const picture = page.locator('.media-show img');
  expect(
    await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth),
  ).toBeGreaterThan(0);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The picture is deleted.')).toBeVisible();
  await expect(page.locator('.media-item')).toHaveCount(1);
});

test('the same without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, site);
  await page.goto(`${site.url}/admin/media`);
  await page.setInputFiles('[name=file]', [await jpeg('plain.jpg', 'olive')(), drawing]);
  await page.fill('[name=alt]', 'Olive');
  await page.click('.upload [type=submit]');
  await expect(page.getByText('“drawing.svg” is not a picture')).toBeVisible();
  await expect(page.locator('[name=alt]')).toHaveValue('Olive');
  await expect(page.locator('.media-item', { hasText: 'plain.jpg' })).toBeVisible();
  await page.setInputFiles('[name=file]', await jpeg('only.jpg', 'maroon')());
  await page.click('.upload [type=submit]');
  await expect(page).toHaveURL(/\/admin\/media\/\d+$/);
  await expect(page.getByText('1 picture is in the library.')).toBeVisible();
  await context.close();
});
