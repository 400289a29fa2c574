import type { Db } from '#src/platform/db.js';
import type { Translate } from '#src/platform/i18n.js';
import { InvalidError } from '#src/platform/errors.js';
import { parse } from '#src/platform/validate.js';
import {
  createMenuItem,
  deleteMenu,
  findMenuPages,
  findMenuRows,
  lockMenus,
  type MenuLocation,
  type MenuRow,
} from './menu.queries.js';
import { isMenuAddress, MENU_DEPTH, menuSchema, type MenuItemInput } from './schema.js';

/** A link of a menu as a page shows it. */
export interface MenuLink {
  label: string;
  href: string;
  children: MenuLink[];
}

/** The menus of a page. */
export interface Menus {
  main: MenuLink[];
  footer: MenuLink[];
}

/** A line of a menu as its admin page shows it. */
export interface MenuEntry extends MenuRow {
  children: MenuEntry[];
}

function treeOf(rows: MenuRow[], parentId: number | null): MenuEntry[] {
  return rows
    .filter((row) => row.parentId === parentId)
    .map((row) => ({ ...row, children: treeOf(rows, row.id) }));
}

// A line whose target is not public is left out; the lines below it take its place.
function linksOf(entries: MenuEntry[], t: Translate): MenuLink[] {
  return entries.flatMap((entry) => {
    const children = linksOf(entry.children, t);
    const href = entry.url ?? entry.targetPath;
    if (href === null || !isMenuAddress(href)) return children;
    return [{ label: entry.label || entry.targetName || t('posts.untitled'), href, children }];
  });
}

async function menuWithoutOne(db: Db, now: Date, t: Translate): Promise<MenuLink[]> {
  const pages = await findMenuPages(db, now);
  return [
    { label: t('layout.posts'), href: '/', children: [] },
    { label: t('layout.archive'), href: '/archive', children: [] },
    ...pages.map((page) => ({
      label: page.title || t('posts.untitled'),
      href: `/${page.slug}`,
      children: [],
    })),
  ];
}

/** The menus of the public pages at `now`; a site without a main menu gets posts, archive and pages. */
export async function getMenus(db: Db, now: Date, t: Translate): Promise<Menus> {
  const rows = await findMenuRows(db, now);
  const at = (location: MenuLocation): MenuLink[] =>
    linksOf(
      treeOf(
        rows.filter((row) => row.location === location),
        null,
      ),
      t,
    );
  const hasMain = rows.some((row) => row.location === 'main');
  return { main: hasMain ? at('main') : await menuWithoutOne(db, now, t), footer: at('footer') };
}

/** The lines of one menu as a tree, with those whose target is not public at `now` (`targetPath` null). */
export async function listMenu(db: Db, location: MenuLocation, now: Date): Promise<MenuEntry[]> {
  const rows = await findMenuRows(db, now);
  return treeOf(
    rows.filter((row) => row.location === location),
    null,
  );
}

/** The lines of one menu, to be changed and saved: nobody else changes it until the transaction ends. */
export async function listMenuToChange(
  tx: Db,
  location: MenuLocation,
  now: Date,
): Promise<MenuEntry[]> {
  await lockMenus(tx);
  return listMenu(tx, location, now);
}

async function createItems(
  tx: Db,
  location: MenuLocation,
  items: MenuItemInput[],
  parentId: number | null,
): Promise<void> {
  for (const [position, { children, ...item }] of items.entries()) {
    const id = await createMenuItem(tx, { ...item, location, parentId, position });
    await createItems(tx, location, children, id);
  }
}

function depthOf(items: MenuItemInput[]): number {
  return items.reduce((deepest, item) => Math.max(deepest, 1 + depthOf(item.children)), 0);
}

/**
 * Puts `items` in the place of everything the menu had. Who may do so is checked by the caller.
 * @throws {InvalidError} for an address that cannot be a link, or more than five levels.
 * @throws Prisma's foreign-key error (409 at the edge) for a target that is gone.
 */
export async function saveMenu(tx: Db, location: MenuLocation, items: unknown): Promise<void> {
  const menu = parse(menuSchema, items);
  if (depthOf(menu) > MENU_DEPTH) throw new InvalidError({ _: { key: 'problems.menuDepth' } });
  await lockMenus(tx);
  await deleteMenu(tx, location);
  await createItems(tx, location, menu, null);
}
