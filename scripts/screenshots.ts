// `npm run screenshots -- <site> <folder> [path…]`: pictures of a running site's pages at phone and desk
// width, light and dark, for people to look at. Pages wider than the window are named.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';

const looks = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

const [site, folder, ...wanted] = process.argv.slice(2);
if (!site || !folder) {
  process.stderr.write('Use: npm run screenshots -- http://localhost:3000 folder [/path …]\n');
  process.exit(2);
}
const paths = wanted.length > 0 ? wanted : ['/', '/archive', '/search?q=the', '/login', '/nowhere'];

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = 'eager';
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
  });
}

async function shoot(browser: Browser, look: (typeof looks)[number]): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.colorScheme,
  });
  for (const address of paths) {
    const page = await context.newPage();
    await page.goto(`${site}${address}`);
    await settle(page);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (excess > 0) process.stdout.write(`${address} at ${look.width} px: ${excess} px too wide\n`);
    const name = address.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'home';
    await page.screenshot({
      path: path.join(folder ?? '.', `${name}-${look.width}-${look.colorScheme}.png`),
      fullPage: true,
    });
    await page.close();
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});
for (const look of looks) await shoot(browser, look);
await browser.close();
