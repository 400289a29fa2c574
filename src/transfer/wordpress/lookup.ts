import type { ContentContext, ContentPicture, ContentReason } from '../content/content.types.js';
import { findStagedAddresses, findStagedPictures, type StagedPicture } from '../staging.queries.js';
import type { Importing } from '../importing.types.js';
import { keyOfItem } from './import-index.js';
import {
  fullAddress,
  isPictureAddress,
  originalPlaces,
  placeOfPicture,
  withoutProxy,
} from './picture-address.js';
import { metaOf, titleOf } from './posts.js';
import type { WxrItem } from './wxr.types.js';

const ADDRESS = /(?:https?:)?\/\/[^\s"'<>\\)\]]+|(?<=(?:href|src)=["'])[^"'<>]+/gi;
const IDS = /wp-image-(\d+)|data-id="(\d+)"|\b(?:ids|include)=["']?([\d,\s]+)/g;

function addressesIn(content: string): string[] {
  // Entities as in attributes: `&amp;`, `&#038;`.
  const text = content.replace(/&(?:amp|#0*38|#x26);/gi, '&');
  return [...new Set(text.match(ADDRESS) ?? [])].filter((address) => address.length <= 2000);
}

function idsIn(content: string): string[] {
  return [...content.matchAll(IDS)]
    .flatMap((match) => (match[1] ?? match[2] ?? match[3] ?? '').split(/[\s,]+/))
    .filter((id) => id !== '');
}

/** What the texts of one batch cite of the old site, looked up at once. */
export class Lookup {
  #byKey = new Map<string, StagedPicture>();
  #byPlace = new Map<string, StagedPicture>();
  #byPage = new Map<string, StagedPicture>();
  #byParent = new Map<string, StagedPicture[]>();
  #targets = new Map<string, string>();

  constructor(private readonly importing: Importing) {}

  /** Looks up everything that these items cite. */
  async load(items: readonly WxrItem[]): Promise<void> {
    const { site, tx } = this.importing;
    const places = new Set<string>();
    const pages = new Set<string>();
    const keys = new Set<string>();
    for (const item of items) {
      for (const id of [...idsIn(item.content), metaOf(item, '_thumbnail_id')]) keys.add(id);
      for (const address of addressesIn(item.content)) {
        const url = site.absolute(address);
        if (url === null) continue;
        for (const place of originalPlaces(placeOfPicture(withoutProxy(url)))) places.add(place);
        const page = site.place(url.href);
        if (page !== null) pages.add(page);
      }
    }
    const parents = items.filter((item) => item.content.includes('[gallery')).map(keyOfItem);
    this.#remember(
      await findStagedPictures(tx, {
        keys: [...keys],
        places: [...places],
        pages: [...pages],
        parents,
      }),
    );
    this.#targets = await findStagedAddresses(tx, [...pages]);
  }

  #remember(pictures: readonly StagedPicture[]): void {
    for (const picture of pictures) {
      this.#byKey.set(picture.key, picture);
      if (!this.#byPlace.has(picture.place)) this.#byPlace.set(picture.place, picture);
      if (picture.page !== '') this.#byPage.set(picture.page, picture);
      this.#byParent.set(picture.parent, [...(this.#byParent.get(picture.parent) ?? []), picture]);
    }
  }

  /** The picture attached in the file under this id. */
  attachment(id: string): ContentPicture | undefined {
    return this.#byKey.get(id);
  }

  /** The view of all this from one item's text. */
  contextOf(item: WxrItem): ContentContext {
    const title = titleOf(item) || item.slug || item.id;
    return {
      picture: (address, id) => this.#picture(address, id),
      linkedPicture: (address) => this.#linkedPicture(address),
      gallery: (ids) => this.#gallery(ids, keyOfItem(item)),
      link: (address) => this.#link(address, title),
      warn: (reason: ContentReason, detail: string) =>
        this.importing.report.warn(reason, detail, title),
    };
  }

  #picture(address: string, id: string | undefined): ContentPicture | undefined {
    const url =
      address === '' || /^data:/i.test(address) ? null : this.importing.site.absolute(address);
    const attached = id === undefined ? undefined : this.#byKey.get(id);
    if (url === null) return attached;
    const known = this.#knownPicture(url);
    if (known !== undefined) return known;
    if (attached !== undefined && sameFile(attached.place, placeOfPicture(withoutProxy(url))))
      return attached;
    return { url: fullAddress(url), alt: '', caption: '' };
  }

  #knownPicture(url: URL): StagedPicture | undefined {
    for (const place of originalPlaces(placeOfPicture(withoutProxy(url)))) {
      const found = this.#byPlace.get(place);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #linkedPicture(address: string): ContentPicture | undefined {
    const url = this.importing.site.absolute(address);
    if (url === null) return undefined;
    const page = this.importing.site.place(url.href);
    const known = this.#knownPicture(url) ?? (page === null ? undefined : this.#byPage.get(page));
    if (known !== undefined) return known;
    return this.importing.site.owns(url) && isPictureAddress(url)
      ? { url: fullAddress(url), alt: '', caption: '' }
      : undefined;
  }

  #gallery(ids: readonly string[] | null, key: string): ContentPicture[] {
    if (ids === null) return this.#byParent.get(key) ?? [];
    return ids.map((id) => this.#byKey.get(id)).filter((picture) => picture !== undefined);
  }

  #link(address: string, title: string): string {
    const { site, report } = this.importing;
    if (/^(?:#|mailto:|tel:)/i.test(address)) return address;
    const url = site.absolute(address);
    if (url === null || !site.owns(url)) return address;
    if (site.isFront(url)) return `/${url.hash}`;
    const target =
      this.#targets.get(site.place(url.href) ?? '') ??
      this.#targets.get(site.place(`${url.origin}${url.pathname}`) ?? '');
    if (target !== undefined) return `${target}${url.hash}`;
    report.warn('unknownLink', `${url.pathname}${url.search}`, title);
    return url.href;
  }
}

/** True for a copy of the same file under another name of WordPress's making. */
function sameFile(attached: string, cited: string): boolean {
  const stem = (place: string): string => (place.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return stem(attached) !== '' && stem(cited).startsWith(stem(attached));
}
