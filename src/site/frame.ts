import type { RequestHandler } from 'express';
import type { Database } from '#src/platform/db.js';
import type { Catalogue } from '#src/platform/i18n.js';
import type { Now } from '#src/platform/clock.js';
import { jsonForScript, renderComment, type SafeHtml } from '#src/platform/markdown/index.js';
import { preferencesOf, translatorOf } from '#src/platform/preferences.js';
import { viewerOf } from '#src/users/index.js';
import { iconFor } from './icon.js';
import { dateFormatter, directionOf, nameOfLanguage, numberFormatter } from './formatting.js';
import { getMenus, type Menus } from './menus.js';
import type { Settings } from './schema.js';
import { getSettings } from './settings.js';

/** What every layout shows of the site. */
export interface Site extends Settings {
  /** Origin of public addresses, without a slash at the end. */
  baseUrl: string;
  menus: Menus;
  footerHtml: SafeHtml;
  /** The first letter of the title as a picture, in a data: address: no request is made for it. */
  icon: string;
  /** The languages of the interface: their tag and their own name. */
  locales: { locale: string; name: string }[];
}

interface FrameDeps {
  config: { baseUrl: string };
  db: Database;
  now: Now;
  catalogue: Catalogue;
}

// The footer changes a few times a year and is shown on every page.
function footerRenderer(baseUrl: string): (markdown: string) => SafeHtml {
  let last: { markdown: string; html: SafeHtml } | undefined;
  return (markdown) => {
    if (last?.markdown !== markdown)
      last = { markdown, html: renderComment(markdown, { baseUrl }).html };
    return last.html;
  };
}

/**
 * Puts what every layout shows into `res.locals`: the site with its menus, the viewer, where we are, and
 * how dates and numbers are written in the reader's language and the site's time zone.
 */
export function siteFrame(deps: FrameDeps): RequestHandler {
  const { baseUrl } = deps.config;
  const renderFooter = footerRenderer(baseUrl);
  const locales = deps.catalogue.locales.map((locale) => ({
    locale,
    name: nameOfLanguage(locale),
  }));
  return async (req, res, next) => {
    const { locale } = preferencesOf(res);
    const [settings, menus] = await Promise.all([
      getSettings(deps.db),
      getMenus(deps.db, deps.now(), translatorOf(res)),
    ]);
    const footerHtml = renderFooter(settings.footer);
    const icon = iconFor(settings.title);
    const site: Site = { ...settings, baseUrl, menus, footerHtml, icon, locales };
    Object.assign(res.locals, {
      site,
      viewer: viewerOf(req),
      path: req.path,
      returnTo: req.method === 'GET' ? req.originalUrl : '/',
      dir: directionOf(locale),
      dirOf: directionOf,
      formatDate: dateFormatter(locale, settings.timeZone),
      formatNumber: numberFormatter(locale),
      jsonLdHtml: jsonForScript,
    });
    next();
  };
}
