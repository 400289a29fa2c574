import type { Response } from 'express';
import { pictureOf } from '#src/media/index.js';
import { storedHtml, type SafeHtml, type TocEntry } from '#src/platform/markdown/index.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { directionOf } from '#src/platform/slug.js';
import { categoryPath, tagPath } from '#src/tags/index.js';
import { authorPath, postPath } from './addresses.js';
import type { PostSummary } from './lists.queries.js';
import { displayTitle, presentItem } from './presenters.js';
import type { WholePost } from './queries.js';
import { headOfPost, type Crumb } from './seo.js';
import { siteOf } from './frame.js';

const LONG_TEXT = 1000;
const MANY_HEADINGS = 3;
const DAY = 86_400_000;

/** A post with what stands around it. */
export interface PostPage {
  post: WholePost;
  crumbs: Crumb[];
  older: PostSummary | null;
  newer: PostSummary | null;
  related: PostSummary[];
  /** True when only some people may read it. */
  hidden: boolean;
  /** Address for changing it, when the viewer may. */
  editHref: string | null;
  /** The discussion below the post, rendered elsewhere. */
  discussion: SafeHtml;
}

function countHeadings(entries: readonly TocEntry[]): number {
  return entries.reduce((sum, entry) => sum + 1 + countHeadings(entry.children), 0);
}

/** Contents are shown for a long text with several headings. */
function contentsOf(post: WholePost): TocEntry[] {
  const toc = (Array.isArray(post.toc) ? post.toc : []) as unknown as TocEntry[];
  return post.wordCount >= LONG_TEXT && countHeadings(toc) >= MANY_HEADINGS ? toc : [];
}

/** An edit within a day of publication is still the writing of it. */
function updateOf(post: WholePost): Date | null {
  if (!post.publishedAt) return null;
  return post.updatedAt.getTime() - post.publishedAt.getTime() > DAY ? post.updatedAt : null;
}

function presentAuthor(author: WholePost['author']) {
  if (!author || author.deletedAt) return null;
  const name = author.displayName || author.username;
  return {
    name,
    href: authorPath(author.username),
    avatar: author.avatar && pictureOf(author.avatar),
    initial: [...name.trim()][0]?.toLocaleUpperCase() ?? '',
  };
}

function presentPost(post: WholePost, res: Response) {
  return {
    title: displayTitle(post, res),
    language: post.language,
    dir: directionOf(post.language),
    category: post.category
      ? { name: post.category.name, href: categoryPath(post.category.slug) }
      : null,
    otherCategories: post.categories
      .filter(({ category }) => category.id !== post.categoryId)
      .map(({ category }) => ({ name: category.name, href: categoryPath(category.slug) })),
    dek: post.excerpt,
    author: presentAuthor(post.author),
    publishedAt: post.publishedAt,
    changedAt: updateOf(post),
    readingMinutes: post.readingMinutes,
    cover: post.cover && pictureOf(post.cover),
    toc: contentsOf(post),
    html: storedHtml(post.html),
    tags: post.tags.map(({ tag }) => ({ name: tag.name, href: tagPath(tag.slug) })),
    sticky: post.sticky,
  };
}

function neighbour(post: PostSummary | null, res: Response) {
  return post
    ? { title: displayTitle(post, res), href: postPath(post), language: post.language }
    : null;
}

function headOf(res: Response, page: PostPage, shown: ReturnType<typeof presentPost>) {
  const { post } = page;
  return headOfPost(
    siteOf(res),
    {
      kind: post.kind,
      title: shown.title,
      summary: post.excerpt || post.autoExcerpt,
      path: postPath(post),
      language: post.language,
      publishedAt: post.publishedAt,
      updatedAt: post.updatedAt,
      wordCount: post.wordCount,
      commentCount: post.commentCount,
      author: shown.author && { name: shown.author.name, path: shown.author.href },
      section: post.category?.name ?? null,
      tags: post.tags.map(({ tag }) => tag.name),
      picture: shown.cover,
    },
    page.crumbs,
    page.hidden,
  );
}

/** What a page shows that not everyone may read: kept by no cache. */
function keepPrivate(res: Response, hidden: boolean): void {
  if (hidden) res.set('Cache-Control', 'private, no-cache');
}

/** A post's own page. */
export function renderPostPage(res: Response, page: PostPage): void {
  const shown = presentPost(page.post, res);
  const t = translatorOf(res);
  keepPrivate(res, page.hidden);
  renderPage(res, 'blog/post', {
    title: shown.title,
    ...headOf(res, page, shown),
    feeds: page.post.category
      ? [
          {
            title: t('posts.feedOf', { name: page.post.category.name }),
            href: `${categoryPath(page.post.category.slug)}/feed.xml`,
          },
        ]
      : [],
    post: shown,
    crumbs: page.crumbs,
    hidden: page.hidden,
    editHref: page.editHref,
    older: neighbour(page.older, res),
    newer: neighbour(page.newer, res),
    related: page.related.map((post) => presentItem(post, res)),
    discussionHtml: page.discussion,
  });
}

/** A static page. */
export function renderStaticPage(
  res: Response,
  page: Omit<PostPage, 'crumbs' | 'older' | 'newer' | 'related'>,
): void {
  const shown = presentPost(page.post, res);
  keepPrivate(res, page.hidden);
  renderPage(res, 'blog/page', {
    title: shown.title,
    ...headOf(res, { ...page, crumbs: [], older: null, newer: null, related: [] }, shown),
    post: shown,
    hidden: page.hidden,
    editHref: page.editHref,
    discussionHtml: page.discussion,
  });
}
