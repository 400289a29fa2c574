import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import { preferencesOf, translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import type { MenuTargets } from './menu-admin.queries.js';
import type { MenuLocation } from './menu.queries.js';
import type { MenuEntry, MenuLink } from './menus.js';

/** Languages that a site can be written in, offered by name; any other tag can be typed. */
const LANGUAGES =
  'ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu hy id is it ja ka ko lt lv ms nb nl nn pl pt ' +
  'pt-BR ro ru sk sl sq sr sv sw ta th tr uk ur vi zh-Hans zh-Hant';

function statusOf(problems: FieldProblems): number {
  return Object.keys(problems).length > 0 ? 422 : 200;
}

/** Every time zone that this platform knows, UTC first. */
function timeZones(present: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), present])].filter(Boolean);
}

/** The settings as they are, or as they were typed. */
export function renderSettings(
  res: Response,
  page: { values: Record<string, string>; problems: FieldProblems },
): void {
  const names = new Intl.DisplayNames([preferencesOf(res).locale], { type: 'language' });
  const language = page.values.language ?? 'en';
  const tags = [...new Set([...LANGUAGES.split(' '), language])];
  const nameOf = (tag: string): string => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
  renderPage(res, 'admin/site/settings', {
    ...page,
    title: translatorOf(res)('admin.nav.settings'),
    layout: 'admin',
    status: statusOf(page.problems),
    languages: tags
      .map((value) => ({ value, label: nameOf(value) }))
      .toSorted((a, b) => a.label.localeCompare(b.label)),
    timeZones: timeZones(page.values.timeZone ?? 'UTC'),
  });
}

/** A line of a menu with its depth: the tree as a list. */
export interface MenuRowShown extends MenuEntry {
  depth: number;
  isFirst: boolean;
  isLast: boolean;
}

function rowsOf(menu: MenuEntry[], depth = 0): MenuRowShown[] {
  return menu.flatMap((entry, index) => [
    { ...entry, depth, isFirst: index === 0, isLast: index === menu.length - 1 },
    ...rowsOf(entry.children, depth + 1),
  ]);
}

/** One menu with its lines and the form of a new one. */
export function renderMenu(
  res: Response,
  page: {
    location: MenuLocation;
    menu: MenuEntry[];
    /** What the site shows by itself as long as the menu is empty. */
    shown: MenuLink[];
    targets: MenuTargets;
    values: { target: string; url: string; label: string };
    problems: FieldProblems;
    /** The line whose form had the problems; null: the form of a new one. */
    problemLine: number | null;
  },
): void {
  renderPage(res, 'admin/site/menu', {
    ...page,
    title: translatorOf(res)('admin.nav.menu'),
    layout: 'admin',
    status: statusOf(page.problems),
    lines: rowsOf(page.menu),
  });
}
