import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';

/** The log-in page. */
export interface LoginPage {
  login: string;
  returnTo: string;
  problems: FieldProblems;
  /** Seconds to wait, when there were too many failures. */
  retryAfter?: number;
}

function statusOf(page: { problems: FieldProblems; retryAfter?: number }): number {
  if (page.retryAfter !== undefined) return 429;
  return Object.keys(page.problems).length > 0 ? 422 : 200;
}

/** Shows the log-in page: 200, 422 with problems, or 429 with the time to wait. */
export function renderLogin(res: Response, page: LoginPage): void {
  const t = translatorOf(res);
  const wait = page.retryAfter === undefined ? 0 : Math.ceil(page.retryAfter / 60);
  if (page.retryAfter !== undefined) res.set('Retry-After', String(page.retryAfter));
  renderPage(res, 'users/login', {
    title: t('login.title'),
    layout: 'bare',
    robots: 'noindex',
    status: statusOf(page),
    waitMinutes: wait,
    ...page,
  });
}

/** The page that makes the first admin. */
export interface SetupPage {
  state: 'open' | 'wrong-link' | 'done';
  token: string;
  values: Record<string, string>;
  problems: FieldProblems;
}

/** Shows the set-up page, or with 404 why there is none. */
export function renderSetup(res: Response, page: SetupPage): void {
  const t = translatorOf(res);
  renderPage(res, 'users/setup', {
    title: t(page.state === 'done' ? 'setup.doneTitle' : 'setup.title'),
    layout: 'bare',
    robots: 'noindex',
    status: page.state === 'open' ? statusOf(page) : 404,
    ...page,
  });
}
