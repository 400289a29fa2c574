import {
  isMenuAddress,
  MENU_DEPTH,
  saveMenu,
  type MenuItemInput,
  type MenuLocation,
} from '#src/site/index.js';
import { findKeys, hasMenu, storeKeys } from '../import.queries.js';
import { ImportFileError } from '../import-file-error.js';
import type { Importing } from '../importing.types.js';
import { findStagedAddresses, findStagedPosts } from '../staging.queries.js';
import type { Terms } from './import-terms.js';
import { chooseMenus, menuTree, type MenuBranch, type WxrMenuLine } from './menus.js';

/** Most lines of all menus together: they are held in memory. */
const MOST_LINES = 20_000;
const MOST_PER_MENU = 500;

type Target = { url: string } | { postId: number } | { categoryId: number } | { tagId: number };

/** The menus of the file: one for the head of the pages, one for their foot. */
export class Menus {
  readonly #lines = new Map<string, WxrMenuLine[]>();
  #count = 0;

  constructor(
    private readonly importing: Importing,
    private readonly terms: Terms,
  ) {}

  add(line: WxrMenuLine): void {
    this.#count += 1;
    if (this.#count > MOST_LINES) throw new ImportFileError('tooMany', { max: MOST_LINES });
    this.#lines.set(line.menu, [...(this.#lines.get(line.menu) ?? []), line]);
  }

  /** Writes the menus that have a place here and reports the others. */
  async store(): Promise<void> {
    const { report } = this.importing;
    const known = this.terms.menus.map((menu) => menu.slug);
    const menus = [
      ...this.terms.menus,
      ...[...this.#lines.keys()]
        .filter((slug) => !known.includes(slug))
        .map((slug) => ({ slug, name: slug })),
    ];
    const trees = new Map(menus.map(({ slug }) => [slug, menuTree(this.#lines.get(slug) ?? [])]));
    const chosen = chooseMenus(
      menus.map((menu) => ({ ...menu, top: trees.get(menu.slug)?.length ?? 0 })),
    );
    for (const { slug, name } of menus) {
      const location =
        slug === chosen.main ? 'main' : slug === chosen.footer ? 'footer' : undefined;
      const tree = trees.get(slug) ?? [];
      if (location !== undefined) await this.#storeMenu(location, slug, name, tree);
      else {
        const lines = this.#lines.get(slug)?.length ?? 0;
        if (lines > 0) report.warn('menuLeftOut', name, '', lines);
        report.count('menuItem', 'skipped', lines);
      }
    }
  }

  async #storeMenu(
    location: MenuLocation,
    slug: string,
    name: string,
    tree: MenuBranch[],
  ): Promise<void> {
    const { tx, source, report } = this.importing;
    const size = countOf(tree);
    if ((await findKeys(tx, source, 'menu', [slug])).has(slug)) {
      report.count('menuItem', 'existing', size);
      return;
    }
    if (await hasMenu(tx, location)) {
      report.warn('menuExists', name, '', size);
      report.count('menuItem', 'skipped', size);
      return;
    }
    const items = (await this.#itemsOf(tree, name, 1)).slice(0, MOST_PER_MENU);
    await saveMenu(tx, location, items);
    await storeKeys(tx, source, 'menu', [{ key: slug, targetId: 0 }]);
    report.count('menuItem', 'created', countOf(items));
    report.count('menuItem', 'skipped', size - countOf(items));
  }

  /** Lines below the deepest level stand beside their parents. */
  async #itemsOf(
    branches: readonly MenuBranch[],
    menu: string,
    level: number,
  ): Promise<MenuItemInput[]> {
    const items: MenuItemInput[] = [];
    for (const { line, children } of branches) {
      const target = await this.#targetOf(line);
      const below = await this.#itemsOf(children, menu, Math.min(level + 1, MENU_DEPTH));
      if (target === undefined)
        this.importing.report.warn(
          'menuTarget',
          line.label || `${line.object} ${line.objectId}`,
          menu,
        );
      if (level >= MENU_DEPTH && below.length > 0)
        this.importing.report.warn('menuDepth', line.label, menu);
      const isDeepest = level >= MENU_DEPTH || target === undefined;
      if (target !== undefined)
        items.push({ ...target, label: line.label, children: isDeepest ? [] : below });
      if (isDeepest) items.push(...below);
    }
    return items;
  }

  async #targetOf(line: WxrMenuLine): Promise<Target | undefined> {
    if (line.type === 'taxonomy') return this.terms.target(line.object, line.objectId);
    if (line.type === 'post_type') {
      const post = (await findStagedPosts(this.importing.tx, [line.objectId])).get(line.objectId);
      return post === undefined || post.slug === '' ? undefined : { postId: post.id };
    }
    const url = await this.#addressOf(line.url);
    return isMenuAddress(url) && line.label !== '' ? { url } : undefined;
  }

  async #addressOf(address: string): Promise<string> {
    const { site, tx } = this.importing;
    if (address === '' || address.startsWith('#')) return address || '#';
    const url = site.absolute(address);
    if (url === null || !site.owns(url)) return address;
    if (site.isFront(url)) return '/';
    const place = site.place(url.href) ?? '';
    return (await findStagedAddresses(tx, [place])).get(place) ?? url.href;
  }
}

function countOf(branches: readonly { children: readonly unknown[] }[]): number {
  return branches.reduce(
    (sum, branch) => sum + 1 + countOf(branch.children as { children: readonly unknown[] }[]),
    0,
  );
}
