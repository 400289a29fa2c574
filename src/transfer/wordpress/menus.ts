import { plainText } from '../content/html-tree.js';
import { metaOf, titleOf } from './posts.js';
import type { WxrItem } from './wxr.types.js';

/** A line of a menu in the file. */
export interface WxrMenuLine {
  menu: string;
  id: string;
  parent: string;
  order: number;
  label: string;
  /** `post_type`, `taxonomy`, `custom`, `post_type_archive`. */
  type: string;
  /** `page`, `post`, `category`, `post_tag`. */
  object: string;
  objectId: string;
  url: string;
}

/** The line that an item of type `nav_menu_item` is. */
export function menuLineOf(item: WxrItem): WxrMenuLine | undefined {
  const menu = item.terms.find((term) => term.domain === 'nav_menu')?.slug;
  if (menu === undefined || item.status === 'draft' || item.status === 'trash') return undefined;
  return {
    menu,
    id: item.id,
    parent: metaOf(item, '_menu_item_menu_item_parent').trim(),
    order: item.menuOrder,
    label: titleOf(item).slice(0, 200),
    type: metaOf(item, '_menu_item_type').trim(),
    object: metaOf(item, '_menu_item_object').trim(),
    objectId: metaOf(item, '_menu_item_object_id').trim(),
    url: plainText(metaOf(item, '_menu_item_url')),
  };
}

/** A line with the lines below it. */
export interface MenuBranch {
  line: WxrMenuLine;
  children: MenuBranch[];
}

/** The lines of one menu as a tree in their order; a missing parent, or a circle, puts a line at the top. */
export function menuTree(lines: readonly WxrMenuLine[]): MenuBranch[] {
  const sorted = lines.toSorted((a, b) => a.order - b.order);
  const byId = new Map(sorted.map((line) => [line.id, line]));
  const isInCircle = (line: WxrMenuLine): boolean => {
    const seen = new Set([line.id]);
    for (let above = byId.get(line.parent); above !== undefined; above = byId.get(above.parent)) {
      if (seen.has(above.id)) return true;
      seen.add(above.id);
    }
    return false;
  };
  const parentOf = (line: WxrMenuLine): string =>
    byId.has(line.parent) && !isInCircle(line) ? line.parent : '';
  const below = (parent: string): MenuBranch[] =>
    [
      ...new Map(
        sorted.filter((line) => parentOf(line) === parent).map((line) => [line.id, line]),
      ).values(),
    ].map((line) => ({ line, children: below(line.id) }));
  return below('');
}

const MAIN = /\b(?:main|primary|principal|header|top|navigation|nav|haupt\w*|menu-1)\b/i;
const FOOTER = /\b(?:footer|bottom|legal|social|fu(?:ss|ß)\w*|pied)\b/i;
const FEW = 6;

/**
 * Which menu stands above the pages and which below: by what they are called; else the first one
 * short enough to be a main menu, else the first.
 */
export function chooseMenus(menus: readonly { slug: string; name: string; top: number }[]): {
  main?: string;
  footer?: string;
} {
  const filled = menus.filter((menu) => menu.top > 0);
  const named = (pattern: RegExp) =>
    filled.find((menu) => pattern.test(menu.name) || pattern.test(menu.slug));
  const footer = named(FOOTER);
  const rest = filled.filter((menu) => menu !== footer);
  const main =
    rest.find((menu) => MAIN.test(menu.name) || MAIN.test(menu.slug)) ??
    rest.find((menu) => menu.top <= FEW) ??
    rest[0];
  return { main: main?.slug, footer: footer?.slug };
}
