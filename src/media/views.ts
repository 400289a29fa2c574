import type { Response } from 'express';
import type { FieldProblem, FieldProblems } from '#src/platform/errors.js';
import type { Translate } from '#src/platform/i18n.js';
import type { ListPage } from '#src/platform/pagination.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { pictureOf, type Picture } from './pictures.js';
import { canSeeUsingPost, type MediaViewer } from './policy.js';
import type { Media, MediaUses, UsingPost } from './queries.js';
import { MAX_BYTES, type RefusedPictureError } from './refusals.js';
import { MAX_ALT, MAX_CAPTION, MAX_FILES } from './schema.js';
import { publicUrl } from './keys.js';

/** What the file chooser offers; the server decides by content. */
const ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/avif,image/tiff';

/** A message above a page that answers at once, without a redirect. */
interface Notice {
  kind: 'done' | 'problem' | 'note';
  text: string;
}

/** One page of the library, with the form for uploads. */
export interface MediaListPage {
  list: ListPage<Media>;
  search: string;
  notice: Notice | null;
  /** What was wrong with the last upload. */
  problems: FieldProblem[];
  /** The alt text as it was typed. */
  alt: string;
  status?: number;
}

function listHref(search: string, cursor: { before?: string | null; after?: string | null }) {
  const query = new URLSearchParams();
  if (search !== '') query.set('q', search);
  if (cursor.before) query.set('before', cursor.before);
  if (cursor.after) query.set('after', cursor.after);
  return cursor.before || cursor.after ? `/admin/media?${query}` : null;
}

/** `/admin/media`. */
export function renderMediaListPage(res: Response, page: MediaListPage): void {
  const t = translatorOf(res);
  renderPage(res, 'media/list', {
    title: t('media.title'),
    layout: 'admin',
    scripts: ['js/media-admin.js'],
    status: page.status,
    items: page.list.items.map((media) => ({ ...media, picture: pictureOf(media) })),
    newer: listHref(page.search, { after: page.list.newer }),
    older: listHref(page.search, { before: page.list.older }),
    search: page.search,
    notice: page.notice,
    refusals: page.problems.map((problem) => t(problem.key, problem.values)),
    alt: page.alt,
    accept: ACCEPT,
    limits: { files: MAX_FILES, megabytes: MAX_BYTES / 1024 / 1024, alt: MAX_ALT },
  });
}

/** One picture with everything that is known of it. */
export interface MediaDetailPage {
  media: Media;
  uploader: string | null;
  uses: MediaUses;
  viewer: MediaViewer;
  now: Date;
  values: { alt: string; caption: string };
  problems: FieldProblems;
  notice: Notice | null;
  status?: number;
}

interface ShownUse {
  kind: 'text' | 'cover' | 'avatar';
  /** Empty where the post has no title. */
  title: string;
  href: string;
}

function hrefOf(post: UsingPost, viewer: MediaViewer): string {
  const own = post.authorId === viewer.id || viewer.role === 'editor' || viewer.role === 'admin';
  if (own) return post.kind === 'page' ? `/admin/pages/${post.id}` : `/admin/posts/${post.id}`;
  return post.kind === 'page' ? `/${post.slug}` : `/posts/${post.slug}`;
}

function shownUses(page: MediaDetailPage): { uses: ShownUse[]; hidden: number } {
  const { texts, covers, avatars } = page.uses;
  const posts = [
    ...texts.map((post) => ({ kind: 'text' as const, post })),
    ...covers.map((post) => ({ kind: 'cover' as const, post })),
  ];
  const seen = posts.filter(({ post }) => canSeeUsingPost(page.viewer, post, page.now));
  const uses: ShownUse[] = [
    ...seen.map(({ kind, post }) => ({ kind, title: post.title, href: hrefOf(post, page.viewer) })),
    ...avatars.map(({ username, displayName }) => ({
      kind: 'avatar' as const,
      title: displayName,
      href: `/authors/${encodeURIComponent(username)}`,
    })),
  ];
  return { uses, hidden: posts.length - seen.length };
}

/** `/admin/media/:id`. */
export function renderMediaDetailPage(res: Response, page: MediaDetailPage): void {
  const { media } = page;
  renderPage(res, 'media/detail', {
    title: media.filename,
    layout: 'admin',
    status: page.status,
    media,
    picture: pictureOf(media),
    markdown: markdownOf(media),
    files: [media, ...media.variants].map(({ width, height, mime, key, bytes }) => ({
      width,
      height,
      format: mime === 'image/webp' ? 'WebP' : mime.replace('image/', '').toUpperCase(),
      href: publicUrl(key),
      bytes,
    })),
    uploader: page.uploader,
    ...shownUses(page),
    values: page.values,
    problems: page.problems,
    notice: page.notice,
    limits: { alt: MAX_ALT, caption: MAX_CAPTION },
    formatBytes: bytesIn(res),
  });
}

function bytesIn(res: Response): (bytes: number) => string {
  const locale = res.locals.locale as string;
  return (bytes) => {
    const [unit, value] =
      bytes < 1_000_000 ? ['kilobyte', bytes / 1000] : ['megabyte', bytes / 1_000_000];
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return value.toLocaleString(locale, { style: 'unit', unit, maximumFractionDigits });
  };
}

/** How a post cites a picture. */
function markdownOf(media: { id: number; alt: string }): string {
  const alt = media.alt.replace(/[\\`*_[\]<>&~!]/g, '\\$&').replace(/\s+/g, ' ');
  return `![${alt}](/media/${media.id})`;
}

/** Lines for posts longer than this, all together, are given as addresses only: a flash is short. */
const LONGEST_NOTE = 300;

/** What `media.known` says of pictures that were in the library already: how a post cites them. */
export function knownNote(known: Media[]): { count: number; markdown: string } {
  const lines = known.map(markdownOf).join(' ');
  const addresses = known.map(({ id }) => `/media/${id}`).join(' ');
  return { count: known.length, markdown: lines.length > LONGEST_NOTE ? addresses : lines };
}

/** A picture for the editor and for the chooser of covers. */
interface MediaJson {
  id: number;
  /** The address that a post cites. */
  url: string;
  markdown: string;
  filename: string;
  state: Media['state'];
  src: string;
  srcset: string | undefined;
  width: number;
  height: number;
  alt: string;
}

/** Presents a picture to scripts. */
export function mediaJson(media: Media): MediaJson {
  const { src, srcset, width, height, alt }: Picture = pictureOf(media);
  const { id, filename, state } = media;
  const url = `/media/${id}`;
  return { id, url, markdown: markdownOf(media), filename, state, src, srcset, width, height, alt };
}

/** Presents a refused file to scripts, in the reader's language. */
export function refusalJson(refusal: RefusedPictureError, t: Translate) {
  const problem = refusal.problems.file;
  return {
    filename: refusal.filename,
    message: problem ? t(problem.key, problem.values) : refusal.message,
  };
}
