import { parseCookie } from 'cookie';
import type { RequestHandler, Response } from 'express';
import Negotiator from 'negotiator';
import type { Catalogue, Translate } from './i18n.js';

/** Colour scheme: by the system, or as chosen. */
export type Scheme = 'auto' | 'light' | 'dark';

/** What the reader chose, or what their browser says. */
export interface Preferences {
  locale: string;
  /** True when the locale was chosen by form, not negotiated. */
  localeChosen: boolean;
  scheme: Scheme;
}

/** Name of the one small cookie that keeps both choices. */
export const PREFS_COOKIE = 'prefs';

const schemes: readonly Scheme[] = ['auto', 'light', 'dark'];

/** True for a scheme's word. */
export function isScheme(value: unknown): value is Scheme {
  return schemes.includes(value as Scheme);
}

/** Writes the cookie's value: `<locale or ->.<scheme>`. */
export function formatPreferences(locale: string | null, scheme: Scheme): string {
  return `${locale ?? '-'}.${scheme}`;
}

/** The reader's preferences, as the middleware found them. */
export function preferencesOf(res: Response): Preferences {
  return res.locals.preferences as Preferences;
}

/** The translator of this request. */
export function translatorOf(res: Response): Translate {
  return res.locals.t as Translate;
}

/**
 * Finds language (cookie, then Accept-Language, then English) and colour scheme (cookie, then the
 * system), and puts `preferences`, `locale` and `t` where templates see them.
 */
export function preferences(deps: { catalogue: Catalogue }): RequestHandler {
  return (req, res, next) => {
    const [chosen, scheme] = (parseCookie(req.headers.cookie ?? '')[PREFS_COOKIE] ?? '').split('.');
    const known = deps.catalogue.locales.includes(chosen ?? '');
    const negotiated = new Negotiator(req).language([...deps.catalogue.locales]);
    const locale = known && chosen ? chosen : (negotiated ?? 'en');
    const found: Preferences = {
      locale,
      localeChosen: known,
      scheme: isScheme(scheme) ? scheme : 'auto',
    };
    res.locals.preferences = found;
    res.locals.locale = locale;
    res.locals.t = deps.catalogue.translator(locale);
    res.vary('Accept-Language');
    res.vary('Cookie');
    next();
  };
}
