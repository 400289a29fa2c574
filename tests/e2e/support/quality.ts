import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What a page said on the console or asked of other hosts while it was watched. */
export interface Watched {
  console: string[];
  foreign: string[];
}

/** Watches a page for console messages, uncaught errors and requests to other hosts. */
export function watch(page: Page, siteUrl: string): Watched {
  const seen: Watched = { console: [], foreign: [] };
  page.on('console', (message) => seen.console.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => seen.console.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(siteUrl) && !/^(data|blob|about):/.test(url)) seen.foreign.push(url);
  });
  return seen;
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Runs axe-core over the page and expects nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
  );
  expect.soft(found, page.url()).toEqual([]);
}

/** Expects that the page does not scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `${page.url()} is wider than the window`).toBeLessThanOrEqual(view ?? 0);
}
