import { plainText } from '../content/html-tree.js';
import type { ReportBuilder } from '../report.js';
import { instantOf } from './dates.js';
import type { WxrItem } from './wxr.types.js';

/** Statuses of a post here. */
export type PostStatus = 'draft' | 'scheduled' | 'published' | 'private' | 'trashed';

/** What an item says of its status and dates. */
export interface PostState {
  status: PostStatus;
  publishedAt: Date | null;
  trashedFrom: Exclude<PostStatus, 'trashed'> | null;
  trashedAt: Date | null;
}

const STATUSES: Readonly<Record<string, PostStatus>> = {
  publish: 'published',
  future: 'scheduled',
  draft: 'draft',
  pending: 'draft',
  private: 'private',
  trash: 'trashed',
};

/** True for an item that becomes a post or a page. */
export function isPost(item: WxrItem): boolean {
  return (item.type === 'post' || item.type === 'page') && STATUSES[item.status] !== undefined;
}

/** The value of an item's field, or an empty string. */
export function metaOf(item: WxrItem, key: string): string {
  return item.meta.find((meta) => meta.key === key)?.value ?? '';
}

function trashedFrom(item: WxrItem): Exclude<PostStatus, 'trashed'> {
  const before = STATUSES[metaOf(item, '_wp_trash_meta_status')];
  return before === undefined || before === 'trashed' ? 'draft' : before;
}

function clockStatus(status: PostStatus, publishedAt: Date | null, now: Date): PostStatus {
  if (status !== 'published' && status !== 'scheduled') return status;
  return publishedAt !== null && publishedAt > now ? 'scheduled' : 'published';
}

/** Status and dates of an item at `now`; dates without a zone are meant in `timeZone`. */
export function stateOf(item: WxrItem, timeZone: string, now: Date): PostState {
  const wished = STATUSES[item.status] ?? 'draft';
  const isSecret = item.password !== '' && wished !== 'trashed' && wished !== 'draft';
  const date = instantOf(item.dateGmt, item.date, timeZone);
  // A draft's date is only when it was begun.
  const isDraft = item.status === 'draft' || item.status === 'pending';
  const publishedAt = isDraft ? null : (date ?? now);
  if (wished === 'trashed') {
    const seconds = Number(metaOf(item, '_wp_trash_meta_time'));
    const from = trashedFrom(item);
    const trashedAt = seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000) : now;
    return {
      status: 'trashed',
      publishedAt: from === 'draft' ? null : (date ?? now),
      trashedFrom: clockStatus(from, date, now) as Exclude<PostStatus, 'trashed'>,
      trashedAt,
    };
  }
  const status = isSecret ? 'private' : clockStatus(wished, publishedAt, now);
  return { status, publishedAt, trashedFrom: null, trashedAt: null };
}

/** A title as text: HTML in it is not kept. */
export function titleOf(item: WxrItem): string {
  return plainText(item.title).slice(0, 500).toWellFormed();
}

/** Fields that WordPress keeps for itself; what they say is read elsewhere or means nothing here. */
const OWN_FIELDS =
  /^_(?:edit_(?:last|lock)|thumbnail_id|wp_(?:page_template|attached_file|attachment_metadata|attachment_image_alt|attachment_context|old_slug|old_date|trash_meta_.*|desired_post_slug|suggested_privacy_policy_content)|menu_item_.*|encloseme|pingme|publicize_pending|attachment_original_parent_id|rest_api_.*|jetpack_.*|wpas_.*)$/;

/** Tells what of an item has no place here: formats, templates, fields, taxonomies. */
export function reportLeftovers(item: WxrItem, report: ReportBuilder): void {
  const title = titleOf(item) || item.slug || item.id;
  for (const term of item.terms) {
    if (term.domain === 'post_format')
      report.warn('postFormat', term.slug.replace(/^post-format-/, ''), title);
    else if (!/^(?:category|post_tag|tag|nav_menu)$/.test(term.domain))
      report.warn('taxonomy', term.domain, title);
  }
  const template = metaOf(item, '_wp_page_template');
  if (template !== '' && template !== 'default') report.warn('template', template, title);
  for (const { key } of item.meta) {
    if (key.startsWith('_oembed_')) report.warn('oembed', '_oembed_*', title);
    else if (key === 'enclosure') report.warn('enclosure', key, title);
    else if (key !== '' && !key.startsWith('_')) report.warn('customField', key, title);
    else if (key !== '' && !OWN_FIELDS.test(key)) report.warn('pluginField', key, title);
  }
  if (item.password !== '') report.warn('password', title);
  if (item.type === 'page' && item.parent !== '' && item.parent !== '0')
    report.warn('pageTree', title);
}
