import { renderForStorage } from '#src/blog/index.js';
import type { ContentPicture } from '../content/content.types.js';
import { convertContent } from '../content/convert.js';
import { plainText } from '../content/html-tree.js';
import { insertPosts, storeKeys, type NewPost } from '../import.queries.js';
import type { Importing } from '../importing.types.js';
import { stageAwaited, type AwaitedPicture } from '../pictures.queries.js';
import { findStagedPosts, type StagedPost } from '../staging.queries.js';
import { importComments } from './import-comments.js';
import { keyOfItem } from './import-index.js';
import type { People } from './import-people.js';
import type { Terms } from './import-terms.js';
import { instantOf } from './dates.js';
import { Lookup } from './lookup.js';
import { isPost, metaOf, reportLeftovers, stateOf, titleOf } from './posts.js';
import { languageOf } from './text-language.js';
import { fullAddress, isPictureAddress } from './picture-address.js';
import type { WxrItem } from './wxr.types.js';

/** A batch is written when it has this many items, or characters of text. */
const BATCH_ITEMS = 50;
const BATCH_TEXT = 2_000_000;

/** The second reading: texts, comments and pictures of the posts that the first one placed. */
export class ContentImport {
  #items: WxrItem[] = [];
  #size = 0;
  readonly #awaited: AwaitedPicture[] = [];

  constructor(
    private readonly importing: Importing,
    private readonly people: People,
    private readonly terms: Terms,
  ) {}

  async add(item: WxrItem): Promise<void> {
    if (item.type === 'attachment') this.#addAttachment(item);
    else if (isPost(item)) this.#items.push(item);
    else this.#reportUnwanted(item);
    this.#size += item.content.length + item.comments.length * 500;
    if (this.#items.length >= BATCH_ITEMS || this.#size > BATCH_TEXT) await this.flush();
  }

  /** Writes the batch in hand. */
  async flush(): Promise<void> {
    const items = this.#items.splice(0);
    this.#size = 0;
    const { tx, source } = this.importing;
    const staged = await findStagedPosts(tx, items.map(keyOfItem));
    const lookup = new Lookup(this.importing);
    const fresh = items.filter((item) => takeFirst(staged, keyOfItem(item)));
    await lookup.load(fresh);
    const posts: NewPost[] = [];
    for (const item of fresh) {
      const post = staged.get(keyOfItem(item));
      if (post !== undefined) posts.push(await this.#postOf(item, post, lookup));
    }
    if (posts.length > 0) {
      await insertPosts(tx, posts);
      for (const kind of ['post', 'page'] as const) {
        const keys = fresh.filter((item) => (item.type === 'page') === (kind === 'page'));
        await storeKeys(
          tx,
          source,
          kind,
          keys.map((item) => ({
            key: keyOfItem(item),
            targetId: staged.get(keyOfItem(item))?.id ?? 0,
          })),
        );
      }
    }
    for (const item of items) await this.#commentsOf(item, staged.get(keyOfItem(item)));
    await stageAwaited(tx, this.#awaited.splice(0));
  }

  #addAttachment(item: WxrItem): void {
    const { site, report } = this.importing;
    const address = site.absolute(item.attachmentUrl || item.guid);
    if (item.comments.length > 0) {
      report.warn('attachmentComment', titleOf(item), '', item.comments.length);
      report.count('comment', 'skipped', item.comments.length);
    }
    if (address === null || !isPictureAddress(address)) return;
    this.#await(
      {
        url: fullAddress(address),
        alt: plainText(metaOf(item, '_wp_attachment_image_alt')),
        caption: plainText(item.excerpt),
      },
      {},
    );
  }

  #await(picture: ContentPicture, use: { postId?: number; coverOf?: number }): void {
    const { url, alt, caption } = picture;
    this.#awaited.push({
      url,
      alt,
      caption,
      postId: use.postId ?? null,
      coverOf: use.coverOf ?? null,
    });
  }

  #reportUnwanted(item: WxrItem): void {
    const { report } = this.importing;
    if (item.type === 'nav_menu_item') return;
    if (item.type === 'post' || item.type === 'page') {
      report.warn('postStatus', item.status, titleOf(item) || item.slug);
      report.count(item.type, 'skipped');
    } else report.warn('postType', item.type, titleOf(item) || item.slug);
    if (item.comments.length > 0) report.count('comment', 'skipped', item.comments.length);
  }

  async #commentsOf(item: WxrItem, post: StagedPost | undefined): Promise<void> {
    // A post of an earlier run that was deleted here has no slug any more: its comments stay away too.
    if (post === undefined || post.slug === '' || item.comments.length === 0) return;
    await importComments(this.importing, this.people, item, post);
  }

  async #postOf(item: WxrItem, post: StagedPost, lookup: Lookup): Promise<NewPost> {
    const { tx, report, now, timeZone, baseUrl, language } = this.importing;
    const title = titleOf(item);
    reportLeftovers(item, report);
    if (title === '') report.warn('noTitle', post.slug);
    const { markdown, pictures } = convertContent(item.content, lookup.contextOf(item));
    for (const picture of pictures) this.#await(picture, { postId: post.id });
    const cover = lookup.attachment(metaOf(item, '_thumbnail_id'));
    if (cover !== undefined) this.#await(cover, { coverOf: post.id });
    const { mediaIds, ...rendering } = await renderForStorage(tx, {
      body: markdown,
      baseUrl,
    });
    const state = stateOf(item, timeZone, now());
    if (state.publishedAt !== null && instantOf(item.dateGmt, item.date, timeZone) === null)
      report.warn('noDate', title || post.slug);
    const categoryIds = post.kind === 'post' ? this.terms.categoriesOf(item.terms) : [];
    const written = instantOf(item.dateGmt, item.date, timeZone) ?? now();
    const textLanguage = languageOf(`${title} ${rendering.plainText}`, language);
    return {
      row: {
        id: post.id,
        kind: post.kind,
        ...state,
        title,
        slug: post.slug,
        body: markdown,
        excerpt: plainText(item.excerpt).slice(0, 2000).toWellFormed(),
        language: textLanguage,
        authorId: await this.people.creator(item.creator, title || post.slug),
        categoryId: categoryIds[0] ?? null,
        sticky: item.sticky && post.kind === 'post',
        commentsOpen: item.commentStatus === 'open',
        ...rendering,
        toc: JSON.parse(JSON.stringify(rendering.toc)) as [],
        createdAt: written,
        updatedAt: instantOf(item.modifiedGmt, '', timeZone) ?? written,
      },
      categoryIds,
      tagIds: post.kind === 'post' ? this.terms.tagsOf(item.terms) : [],
      mediaIds,
    };
  }
}

/** True for the first item of a new post; of two items with one key the second is left out. */
function takeFirst(staged: Map<string, StagedPost>, key: string): boolean {
  const post = staged.get(key);
  if (post?.isNew !== true) return false;
  staged.set(key, { ...post, isNew: false });
  return true;
}
