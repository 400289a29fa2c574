import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';

/** Shows the first page of the admin. */
export function renderDashboard(res: Response): void {
  renderPage(res, 'admin/today', { title: translatorOf(res)('admin.nav.today'), layout: 'admin' });
}
