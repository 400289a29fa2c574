import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import type { Today } from './today.js';

/** Shows the first page of the admin. */
export function renderToday(res: Response, today: Today): void {
  const title = translatorOf(res)('admin.nav.today');
  renderPage(res, 'admin/today', { ...today, title, layout: 'admin' });
}
