import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import { pictureOf, type PictureRow } from '#src/media/index.js';
import type { Translate } from '#src/platform/i18n.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import type { KnownSession } from '#src/platform/sessions/index.js';
import { describeAgent } from './agents.js';
import { siteLanguages } from './schema.js';

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
    languages: languagesIn(String(res.locals.locale)),
    ...page,
  });
}

// Each language by its name in the reader's, in the order of those names.
function languagesIn(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return siteLanguages
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** One's own account. `typed` is the form that came back, unchecked. */
export interface AccountPage {
  profile: {
    email: string;
    username: string;
    displayName: string;
    bio: string;
    website: string | null;
    avatar: PictureRow | null;
  };
  sessions: KnownSession[];
  typed: unknown;
  problems: FieldProblems;
  saved: unknown;
}

const savedKeys = new Map([
  ['profile', 'account.savedProfile'],
  ['picture', 'account.savedPicture'],
  ['password', 'account.savedPassword'],
  ['sessions', 'account.savedSessions'],
]);

/** Shows the account page, 422 with problems. */
export function renderAccount(res: Response, page: AccountPage): void {
  const t = translatorOf(res);
  const { profile, problems } = page;
  const savedKey = typeof page.saved === 'string' ? savedKeys.get(page.saved) : undefined;
  renderPage(res, 'users/account', {
    title: t('account.title'),
    robots: 'noindex',
    status: statusOf(page),
    flash: savedKey ? { kind: 'done', text: t(savedKey) } : null,
    profile,
    values: { ...profile, ...typedText(page.typed, ['displayName', 'bio', 'website']) },
    avatar: profile.avatar ? pictureOf(profile.avatar) : null,
    sessions: page.sessions.map((session) => ({ ...session, name: sessionName(session, t) })),
    problems,
  });
}

function typedText(typed: unknown, names: string[]): Record<string, string> {
  const source = (typed ?? {}) as Record<string, unknown>;
  const known = names.flatMap((name) => {
    const value = source[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(known);
}

function sessionName(session: KnownSession, t: Translate): string {
  const { browser, system } = describeAgent(session.agent);
  if (browser && system) return t('account.browserOn', { browser, system });
  return browser ?? system ?? t('account.unknownBrowser');
}
