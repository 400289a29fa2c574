import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { adminSettings, logIn } from './support/admin.js';
import { expectAccessible, expectNoSidewaysScroll } from './support/quality.js';
import { startSite, type Site } from './support/site.js';

let site: Site;
test.beforeAll(async () => {
  site = await startSite(adminSettings);
});
test.afterAll(() => site.remove());

async function jpeg(name: string, background: string) {
  const picture = sharp({ create: { width: 300, height: 200, channels: 3, background } });
  return { name, mimeType: 'image/jpeg', buffer: await picture.jpeg().toBuffer() };
}

/** Chooses files with the button and waits until the text cites that many pictures. */
async function choose(page: Page, files: Awaited<ReturnType<typeof jpeg>>[], count: number) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await (await chooser).setFiles(files);
  await untilCited(page, count);
}

async function untilCited(page: Page, count: number) {
  await expect(async () => {
    const text = await page.inputValue('[name=body]');
    expect(text.match(/\(\/media\/\d+\)/g) ?? []).toHaveLength(count);
    expect(text).not.toContain('](#');
  }).toPass({ timeout: 20_000 });
}

/** Pastes a file where the cursor is, as from a screenshot. */
async function paste(page: Page, file: Awaited<ReturnType<typeof jpeg>>) {
  await page.evaluate(
    ({ name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], name, { type: mimeType }));
      const body = document.querySelector('[name=body]');
      body?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
    },
    { ...file, base64: file.buffer.toString('base64') },
  );
}

/** The text with every number of a picture as N. */
async function written(page: Page): Promise<string> {
  return (await page.inputValue('[name=body]')).replace(/\/media\/\d+/g, '/media/N');
}

test('a second picture leaves the Markdown of the first alone', async ({ page }) => {
  await logIn(page, site);
  await page.goto(`${site.url}/admin/posts/new`);
  await page.locator('[name=body]').pressSequentially('Text');
  await choose(page, [await jpeg('one.jpg', 'steelblue')], 1);
  await expect(page.getByText('between the brackets')).not.toHaveClass(/problem/);
  await choose(page, [await jpeg('two.jpg', 'olive')], 2);
  await paste(page, await jpeg('three.jpg', 'maroon'));
  await untilCited(page, 3);
  const picture = '![](/media/N)\n';
  expect(await written(page)).toBe(`Text\n\n${picture}\n${picture}\n${picture}`);
  await page.keyboard.type('After');
  expect(await written(page)).toBe(`Text\n\n${picture}\n${picture}\n${picture}After`);
});

test('several pictures at once stand apart, and none goes into the brackets of another', async ({
  page,
}) => {
  await logIn(page, site);
  await page.goto(`${site.url}/admin/posts/new`);
  await choose(page, [await jpeg('a.jpg', 'teal'), await jpeg('b.jpg', 'tan')], 2);
  const picture = '![](/media/N)';
  expect(await written(page)).toBe(`${picture}\n\n${picture}\n`);
  // The cursor stands between the brackets of the first, to say what it shows.
  await page.locator('[name=body]').evaluate((body: HTMLTextAreaElement) => {
    body.setSelectionRange(2, 2);
  });
  await choose(page, [await jpeg('c.jpg', 'plum')], 3);
  expect(await written(page)).toBe(`${picture}\n\n${picture}\n\n${picture}\n`);
});

test('a field that is wrong is named, and found again with the preview open', async ({ page }) => {
  await logIn(page, site);
  await page.goto(`${site.url}/admin/posts/new`);
  await page.getByRole('button', { name: 'Live preview' }).click();
  await page.fill('[name=title]', 'A title');
  await page.fill('[name=slug]', '???');
  await page.keyboard.press('Control+s');
  const summary = page.locator('[data-problems]');
  await expect(summary).toBeFocused();
  await expectAccessible(page);
  await summary.getByRole('link', { name: /^Address: / }).click();
  await expect(page.locator('[name=slug]')).toBeFocused();
  await expect(page.locator('[name=slug]')).toBeInViewport();
});

test('on a phone every entry of the navigation is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, site);
  for (const path of ['/admin', '/admin/posts']) {
    await page.goto(site.url + path);
    const outside = await page.locator('.side a, .side button').evaluateAll((entries) =>
      entries
        .map((entry) => ({ name: entry.textContent, box: entry.getBoundingClientRect() }))
        .filter(({ box }) => box.left < 0 || box.right > innerWidth)
        .map(({ name }) => name),
    );
    expect(outside).toEqual([]);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});

test('what was typed and never saved is found again in the list', async ({ page }) => {
  await logIn(page, site);
  await page.goto(`${site.url}/admin/posts/new`);
  await page.fill('[name=title]', 'Only typed');
  await expect(page.getByText('Typed text kept at')).toBeVisible();
  await page.goto(`${site.url}/admin/posts`);
  await page.locator('.list-unsaved').getByRole('link', { name: 'Only typed' }).click();
  await expect(page.locator('[name=title]')).toHaveValue('Only typed');
});
