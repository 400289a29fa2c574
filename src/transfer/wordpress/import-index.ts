import { authorPath, postPath } from '#src/blog/index.js';
import { slugOf } from '#src/platform/slug.js';
import { plainText } from '../content/html-tree.js';
import { findKeys, findPostSlugs, reserveIds } from '../import.queries.js';
import type { Importing } from '../importing.types.js';
import {
  findStagedPosts,
  findTakenSlugs,
  stageAddresses,
  stagePictures,
  stagePosts,
  type StagedAddress,
  type StagedPicture,
  type StagedPost,
} from '../staging.queries.js';
import { fullAddress, isPictureAddress, placeOfPicture } from './picture-address.js';
import { isPost, metaOf, titleOf } from './posts.js';
import { freeSlug, keptSlug, pageSlug, wishedSlug } from './slugs.js';
import type { WxrItem } from './wxr.types.js';

const BATCH = 500;

/** The name by which an item is known from run to run. */
export function keyOfItem(item: WxrItem): string {
  return item.id === '' ? `guid:${item.guid || item.link}` : item.id;
}

/** A waiting address: its target is a post that may stand further down in the file. */
interface Attached {
  source: string;
  parent: string;
}

/**
 * The first reading in the transaction: gives every post its row and slug, and notes what stands at
 * which old address, so that the second reading can point texts at each other.
 */
export class ItemIndex {
  #items: WxrItem[] = [];
  #pictures: StagedPicture[] = [];
  #attached: Attached[] = [];

  constructor(private readonly importing: Importing) {}

  async add(item: WxrItem): Promise<void> {
    if (isPost(item)) this.#items.push(withoutTexts(item));
    else if (item.type === 'attachment') this.#addAttachment(item);
    if (this.#items.length >= BATCH) await this.#flushPosts();
    if (this.#pictures.length >= BATCH) await this.#flushPictures();
  }

  /** Writes what is left. */
  async finish(): Promise<void> {
    await this.#flushPosts();
    await this.#flushPictures();
  }

  #addAttachment(item: WxrItem): void {
    const { site, report } = this.importing;
    const address = site.absolute(item.attachmentUrl || item.guid);
    if (address === null || !isPictureAddress(address)) {
      report.warn('notPicture', address?.href ?? item.title);
      report.count('picture', 'skipped');
      return;
    }
    const page = site.place(item.link) ?? '';
    this.#pictures.push({
      key: keyOfItem(item),
      url: fullAddress(address),
      place: placeOfPicture(address),
      page,
      parent: item.parent,
      alt: plainText(metaOf(item, '_wp_attachment_image_alt')),
      caption: plainText(item.excerpt),
    });
    if (page !== '' && item.parent !== '' && item.parent !== '0')
      this.#attached.push({ source: page, parent: item.parent });
  }

  async #flushPictures(): Promise<void> {
    if (this.#pictures.length > 0) await stagePictures(this.importing.tx, this.#pictures.splice(0));
    const attached = this.#attached;
    this.#attached = [];
    const parents = await findStagedPosts(
      this.importing.tx,
      attached.map(({ parent }) => parent),
    );
    const addresses = attached.flatMap(({ source, parent }) => {
      const post = parents.get(parent);
      return post === undefined ? [] : [{ source, target: postPath(post) }];
    });
    if (addresses.length > 0) await stageAddresses(this.importing.tx, addresses);
  }

  async #flushPosts(): Promise<void> {
    const items = this.#items.splice(0);
    if (items.length === 0) return;
    const { tx, report } = this.importing;
    const posts = await this.#rowsFor(items);
    const added = await stagePosts(tx, posts);
    const addresses: StagedAddress[] = [];
    for (const [index, item] of items.entries()) {
      const post = posts[index];
      if (post === undefined) continue;
      if (!added.delete(post.key)) {
        report.warn('duplicate', titleOf(item) || post.key);
        report.count(post.kind, 'skipped');
      } else {
        report.count(post.kind, post.isNew ? 'created' : 'existing');
        addresses.push(...this.#addressesOf(item, post));
      }
    }
    await stageAddresses(tx, addresses);
  }

  async #rowsFor(items: readonly WxrItem[]): Promise<StagedPost[]> {
    const { tx, source } = this.importing;
    const keys = items.map(keyOfItem);
    const known = new Map([
      ...(await findKeys(tx, source, 'post', keys)),
      ...(await findKeys(tx, source, 'page', keys)),
    ]);
    const slugs = await findPostSlugs(tx, [...new Set(known.values())]);
    const fresh = items.filter((item) => !known.has(keyOfItem(item)));
    const ids = await reserveIds(tx, 'posts', fresh.length);
    const taken = {
      post: await this.#takenAmong(fresh, 'post'),
      page: await this.#takenAmong(fresh, 'page'),
    };
    return items.map((item) => {
      const key = keyOfItem(item);
      const kind = item.type === 'page' ? 'page' : 'post';
      const id = known.get(key);
      if (id !== undefined) return { key, kind, id, slug: slugs.get(id) ?? '', isNew: false };
      return {
        key,
        kind,
        id: ids.shift() ?? 0,
        slug: this.#slugOf(item, kind, taken[kind]),
        isNew: true,
      };
    });
  }

  /** Slugs near the wished ones that are taken; numbers up to 50 are looked at in one go. */
  async #takenAmong(items: readonly WxrItem[], kind: 'post' | 'page'): Promise<Set<string>> {
    const wishes = items.filter((item) => (item.type === 'page') === (kind === 'page')).map(wishOf);
    const candidates = wishes.flatMap((slug) => [
      slug,
      ...Array.from({ length: 50 }, (_, n) => `${slug}-${String(n + 2)}`),
    ]);
    return findTakenSlugs(this.importing.tx, kind, [...new Set(candidates)]);
  }

  #slugOf(item: WxrItem, kind: 'post' | 'page', taken: Set<string>): string {
    const { report } = this.importing;
    const wish = wishOf(item);
    const slug = freeSlug(wish, taken);
    const title = titleOf(item) || item.slug || item.id;
    if (kind === 'page' && wish !== keptSlug(item.slug) && pageSlug(keptSlug(item.slug)) === wish)
      report.warn('reservedSlug', `${keptSlug(item.slug)} → ${slug}`, title);
    else if (slug !== wish) report.warn('slugChanged', `${wish} → ${slug}`, title);
    return slug;
  }

  #addressesOf(item: WxrItem, post: StagedPost): StagedAddress[] {
    if (post.slug === '') return [];
    const { site } = this.importing;
    const target = postPath(post);
    const query = item.type === 'page' ? 'page_id' : 'p';
    const link = site.place(item.link);
    const sources = [
      link,
      site.place(item.guid),
      item.id === '' ? null : `${site.basePath}/?${query}=${item.id}`,
      item.id === '' ? null : `${site.basePath}/?p=${item.id}`,
      ...item.meta
        .filter((meta) => meta.key === '_wp_old_slug')
        .map((meta) => oldAddress(link, item, meta.value)),
    ];
    return [...new Set(sources)].flatMap((source) => (source === null ? [] : [{ source, target }]));
  }
}

/** The address that a post had under an earlier slug. */
function oldAddress(link: string | null, item: WxrItem, oldSlug: string): string | null {
  const present = keptSlug(item.slug);
  const old = keptSlug(oldSlug);
  if (link === null || old === '' || present === '' || !link.endsWith(`/${present}`)) return null;
  return `${link.slice(0, -present.length)}${old}`;
}

function wishOf(item: WxrItem): string {
  const slug = wishedSlug(item.slug, titleOf(item), `${item.type}-${item.id || 'x'}`);
  return item.type === 'page' ? pageSlug(slug) : slug;
}

/** Addresses of the site that are no item's: feeds, authors. */
export function siteAddresses(
  importing: Importing,
  usernames: ReadonlyMap<string, string>,
): StagedAddress[] {
  const { site } = importing;
  const addresses = [
    { source: site.below('/feed'), target: '/feed.xml' },
    { source: site.below('/feed/atom'), target: '/atom.xml' },
    { source: `${site.basePath}/?feed=rss2`, target: '/feed.xml' },
  ];
  for (const [login, username] of usernames) {
    const target = authorPath(username);
    // WordPress makes the address of an author's page from the log-in as it makes a slug.
    for (const name of new Set([login, slugOf(login)])) {
      addresses.push({ source: site.below(`/author/${name}`), target });
      addresses.push({ source: site.below(`/author/${name}/feed`), target: `${target}/feed.xml` });
    }
  }
  return addresses;
}

/** An item as the index holds it: without what can be long. */
function withoutTexts(item: WxrItem): WxrItem {
  return {
    ...item,
    content: '',
    excerpt: '',
    comments: [],
    meta: item.meta.filter((meta) => meta.key === '_wp_old_slug'),
  };
}
