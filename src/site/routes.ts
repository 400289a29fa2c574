import { stringifySetCookie } from 'cookie';
import { Router } from 'express';
import type { Database } from '#src/platform/db.js';
import { InvalidError } from '#src/platform/errors.js';
import { localPathOr, redirectTo } from '#src/platform/http.js';
import type { Catalogue } from '#src/platform/i18n.js';
import { formatPreferences, preferencesOf, PREFS_COOKIE } from '#src/platform/preferences.js';
import { parse } from '#src/platform/validate.js';
import { movedQueries } from './moved.routes.js';
import { preferencesSchema } from './schema.js';

/** How long a choice is remembered, in seconds: 400 days, the most that browsers allow (RFC 6265bis). */
const REMEMBERED = 400 * 24 * 60 * 60;

interface SiteDeps {
  config: { https: boolean };
  db: Database;
  catalogue: Catalogue;
}

/** `POST /preferences`, and the old addresses that are queries of the home page. */
export function siteRoutes(deps: SiteDeps): Router {
  const router = Router();
  router.use(movedQueries(deps));

  router.post('/preferences', (req, res) => {
    const { scheme, locale, returnTo } = parse(preferencesSchema, req.body);
    if (locale && !deps.catalogue.locales.includes(locale)) {
      throw new InvalidError({ locale: { key: 'problems.id' } });
    }
    const present = preferencesOf(res);
    const kept = present.localeChosen ? present.locale : null;
    const value = formatPreferences(
      locale === undefined ? kept : locale || null,
      scheme ?? present.scheme,
    );
    res.append(
      'Set-Cookie',
      stringifySetCookie(PREFS_COOKIE, value, {
        path: '/',
        maxAge: REMEMBERED,
        sameSite: 'lax',
        httpOnly: true,
        secure: deps.config.https,
      }),
    );
    redirectTo(res, localPathOr(returnTo, '/'));
  });
  return router;
}
