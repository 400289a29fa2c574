import { expect, type Page } from '@playwright/test';
import type { Site } from './site.js';

/** The admin that the suites make. */
export const admin = {
  email: 'ines@example.org',
  username: 'ines',
  displayName: 'Ines Laurent',
  password: 'a ledger of tides and fog',
};

/** Settings that create this admin at start, for suites that do not test the link. */
export const adminSettings = {
  ADMIN_EMAIL: admin.email,
  ADMIN_USERNAME: admin.username,
  ADMIN_PASSWORD: admin.password,
};

/** Logs the browser in as the admin. */
export async function logIn(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.url}/login`);
  await page.fill('[name=login]', admin.username);
  await page.fill('[name=password]', admin.password);
  await page.click('main [type=submit]');
  await expect(page).not.toHaveURL(/\/login/);
}
