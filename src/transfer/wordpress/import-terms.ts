import { categoryPath, tagPath } from '#src/tags/index.js';
import { plainText } from '../content/html-tree.js';
import {
  findAllCategories,
  findKeys,
  findTags,
  insertCategory,
  insertTags,
  setCategoryParent,
  storeKeys,
  type NewTerm,
} from '../import.queries.js';
import { ImportFileError } from '../import-file-error.js';
import type { Importing } from '../importing.types.js';
import type { ReportBuilder } from '../report.js';
import type { StagedAddress } from '../staging.queries.js';
import { freeSlug, wishedSlug } from './slugs.js';
import type { WxrItemTerm, WxrTerm } from './wxr.types.js';

/** Most categories and tags of a file: they are held in memory. */
const MOST_TERMS = 200_000;
const BATCH = 500;

/** A menu of the file. */
export interface WxrMenu {
  slug: string;
  name: string;
}

function wished(term: WxrTerm, fallback: string): NewTerm {
  const name =
    (plainText(term.name) || term.slug)
      .replace(/,/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 190)
      .toWellFormed() || fallback;
  return {
    name,
    slug: wishedSlug(term.slug, name, fallback),
    description: plainText(term.description),
  };
}

/** Categories, tags and menus of the file; they are written once the whole file has been seen. */
export class Terms {
  readonly menus: WxrMenu[] = [];
  readonly #categories = new Map<string, WxrTerm>();
  readonly #tags = new Map<string, WxrTerm>();
  readonly #categoryIds = new Map<string, number>();
  readonly #categorySlugs = new Map<string, string>();
  readonly #tagIds = new Map<string, number>();
  readonly #tagSlugs = new Map<string, string>();
  readonly #slugByTermId = new Map<string, string>();

  constructor(private readonly report: ReportBuilder) {}

  /** A term that the file defines. */
  add(term: WxrTerm): void {
    if (term.taxonomy === 'nav_menu') this.#addMenu(term);
    else if (term.taxonomy === 'category') this.#define(this.#categories, term);
    else if (term.taxonomy === 'post_tag') this.#define(this.#tags, term);
    else this.report.warn('taxonomy', term.taxonomy);
  }

  /** A term that an item carries; older files define none elsewhere. */
  mention(term: WxrItemTerm): void {
    const terms =
      term.domain === 'category'
        ? this.#categories
        : /^(?:post_)?tag$/.test(term.domain)
          ? this.#tags
          : undefined;
    if (terms === undefined) return;
    const key = keyOf(term);
    if (key === '' || terms.has(key)) return;
    terms.set(key, {
      id: '',
      taxonomy: term.domain,
      slug: term.slug,
      name: term.name,
      parent: '',
      description: '',
    });
    this.#checkSize();
  }

  /** Ids of an item's categories, in its order, each once. */
  categoriesOf(terms: readonly WxrItemTerm[]): number[] {
    return idsIn(
      this.#categoryIds,
      terms.filter((term) => term.domain === 'category'),
    );
  }

  /** The same for tags. */
  tagsOf(terms: readonly WxrItemTerm[]): number[] {
    return idsIn(
      this.#tagIds,
      terms.filter((term) => /^(?:post_)?tag$/.test(term.domain)),
    );
  }

  /** What a menu line with this term's id leads to. */
  target(taxonomy: string, termId: string): { categoryId: number } | { tagId: number } | undefined {
    const slug = this.#slugByTermId.get(`${taxonomy}:${termId}`) ?? '';
    const categoryId = taxonomy === 'category' ? this.#categoryIds.get(slug) : undefined;
    if (categoryId !== undefined) return { categoryId };
    const tagId = taxonomy === 'post_tag' ? this.#tagIds.get(slug) : undefined;
    return tagId === undefined ? undefined : { tagId };
  }

  /** Writes what is not here yet, and answers the old addresses of all terms. */
  async store(importing: Importing): Promise<StagedAddress[]> {
    await this.#storeCategories(importing);
    for (const batch of batches([...this.#tags], BATCH)) await this.#storeTags(importing, batch);
    return [...this.#categoryAddresses(importing), ...this.#tagAddresses(importing)];
  }

  #addMenu(term: WxrTerm): void {
    if (term.slug !== '' && !this.menus.some((menu) => menu.slug === term.slug)) {
      this.menus.push({ slug: term.slug, name: plainText(term.name) || term.slug });
    }
  }

  #define(terms: Map<string, WxrTerm>, term: WxrTerm): void {
    const key = keyOf(term);
    if (key === '') return;
    if (!terms.has(key) || terms.get(key)?.id === '') terms.set(key, term);
    if (term.id !== '') this.#slugByTermId.set(`${term.taxonomy}:${term.id}`, key);
    this.#checkSize();
  }

  #checkSize(): void {
    if (this.#categories.size + this.#tags.size > MOST_TERMS) {
      throw new ImportFileError('tooMany', { max: MOST_TERMS });
    }
  }

  async #storeCategories({ tx, source, report }: Importing): Promise<void> {
    const here = await findAllCategories(tx);
    const known = await findKeys(tx, source, 'category', [...this.#categories.keys()]);
    const idBySlug = new Map(here.map((category) => [category.slug, category.id]));
    const slugById = new Map(here.map((category) => [category.id, category.slug]));
    const taken = new Set(idBySlug.keys());
    const made: { key: string; targetId: number }[] = [];
    const isNew = new Set<string>();
    for (const [key, term] of this.#categories) {
      const wish = wished(term, 'category');
      let id = known.get(key) ?? idBySlug.get(wish.slug);
      if (id === undefined) {
        const slug = freeSlug(wish.slug, taken);
        id = await insertCategory(tx, { ...wish, slug }, 0);
        slugById.set(id, slug);
        isNew.add(key);
      }
      report.count('category', isNew.has(key) ? 'created' : 'existing');
      this.#categoryIds.set(key, id);
      this.#categorySlugs.set(key, slugById.get(id) ?? wish.slug);
      if (!known.has(key)) made.push({ key, targetId: id });
    }
    await storeKeys(tx, source, 'category', made);
    for (const key of isNew) await this.#placeCategory(tx, key);
  }

  async #placeCategory(tx: Importing['tx'], key: string): Promise<void> {
    const parentKey = this.#parentOf(key);
    const id = this.#categoryIds.get(key);
    const parentId = this.#categoryIds.get(parentKey);
    if (id === undefined || parentId === undefined || parentId === id) return;
    // A circle in the file: whoever closes it stays at the top.
    for (
      let above = parentKey, steps = 0;
      above !== '';
      above = this.#parentOf(above), steps += 1
    ) {
      if (above === key || steps > 100) return;
    }
    await setCategoryParent(tx, id, parentId);
  }

  #parentOf(key: string): string {
    const parent = this.#categories.get(key)?.parent ?? '';
    return this.#categories.has(parent)
      ? parent
      : (this.#slugByTermId.get(`category:${parent}`) ?? '');
  }

  async #storeTags({ tx, source, report }: Importing, batch: [string, WxrTerm][]): Promise<void> {
    const known = await findKeys(
      tx,
      source,
      'tag',
      batch.map(([key]) => key),
    );
    const wishes = batch.map(([key, term]) => ({ key, ...wished(term, 'tag') }));
    const here = await findTags(
      tx,
      wishes.map(({ slug }) => slug),
      wishes.map(({ name }) => name),
    );
    const taken = new Set(here.map((tag) => tag.slug));
    const byName = new Map(here.map((tag) => [tag.name.toLowerCase(), tag]));
    const bySlug = new Map(here.map((tag) => [tag.slug, tag]));
    const fresh = new Map<string, NewTerm>();
    for (const { key, name, slug, description } of wishes) {
      const id = known.get(key);
      const same = byName.get(name.toLowerCase()) ?? bySlug.get(slug);
      if (id === undefined && same === undefined && !fresh.has(name.toLowerCase())) {
        fresh.set(name.toLowerCase(), { name, description, slug: freeSlug(slug, taken) });
        report.count('tag', 'created');
      } else if (id === undefined && same === undefined) {
        report.warn('duplicate', name);
        report.count('tag', 'skipped');
      } else report.count('tag', 'existing');
    }
    const made = await insertTags(tx, [...fresh.values()]);
    for (const { key, name, slug } of wishes) {
      const mine = fresh.get(name.toLowerCase());
      const here = byName.get(name.toLowerCase()) ?? bySlug.get(slug);
      const id = known.get(key) ?? (mine === undefined ? here?.id : made.get(mine.slug));
      if (id === undefined) continue;
      this.#tagIds.set(key, id);
      this.#tagSlugs.set(key, mine?.slug ?? here?.slug ?? slug);
    }
    const missing = wishes.filter(({ key }) => !known.has(key) && this.#tagIds.has(key));
    await storeKeys(
      tx,
      source,
      'tag',
      missing.map(({ key }) => ({ key, targetId: this.#tagIds.get(key) ?? 0 })),
    );
  }

  #categoryAddresses({ site }: Importing): StagedAddress[] {
    return [...this.#categorySlugs].flatMap(([key, slug]) => {
      const target = categoryPath(slug);
      const term = this.#categories.get(key);
      const sources = [`/category/${this.#pathOf(key)}`, `/category/${key}`];
      return addressesOf(
        sources.map((path) => site.below(path)),
        target,
        term?.id,
        'cat',
        site.basePath,
      );
    });
  }

  #tagAddresses({ site }: Importing): StagedAddress[] {
    return [...this.#tagSlugs].flatMap(([key, slug]) =>
      addressesOf(
        [site.below(`/tag/${key}`), `${site.basePath}/?tag=${key}`],
        tagPath(slug),
        undefined,
        '',
        site.basePath,
      ),
    );
  }

  #pathOf(key: string): string {
    const names = [key];
    for (
      let above = this.#parentOf(key);
      above !== '' && names.length < 20;
      above = this.#parentOf(above)
    )
      names.unshift(above);
    return names.join('/');
  }
}

function addressesOf(
  sources: string[],
  target: string,
  id: string | undefined,
  query: string,
  base: string,
): StagedAddress[] {
  const all = [...new Set(sources)].flatMap((source) => [
    { source, target },
    ...(source.includes('?') ? [] : [{ source: `${source}/feed`, target: `${target}/feed.xml` }]),
  ]);
  return id === undefined || id === '' || query === ''
    ? all
    : [...all, { source: `${base}/?${query}=${id}`, target }];
}

function keyOf(term: { slug: string; name: string }): string {
  return term.slug.trim() || term.name.trim().toLowerCase();
}

function idsIn(ids: ReadonlyMap<string, number>, terms: readonly WxrItemTerm[]): number[] {
  return [...new Set(terms.map((term) => ids.get(keyOf(term))).filter((id) => id !== undefined))];
}

/** A list in pieces of at most `size`. */
export function* batches<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
