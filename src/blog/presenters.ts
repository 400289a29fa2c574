import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import type { Picture } from '#src/media/index.js';
import { categoryPath } from '#src/tags/index.js';
import { authorPath, postPath } from './addresses.js';
import type { PostSummary } from './lists.queries.js';

/** A post as `partials/post-item` and `partials/lead` take it. */
export interface Item {
  title: string;
  href: string;
  excerpt: string;
  category: { name: string; href: string } | null;
  author: { name: string; href: string } | null;
  publishedAt: Date;
  readingMinutes: number;
  commentCount: number;
  sticky: boolean;
  language: string;
  cover: Picture | null;
}

/** Writes a date as the frame of the site does it: locale of the reader, time zone of the site. */
export type FormatDate = (date: Date, style: string) => string;

/** The title, or for a post without one a name made of its date. */
export function displayTitle(
  post: { title: string; publishedAt: Date | null },
  res: Response,
): string {
  if (post.title.trim() !== '') return post.title;
  const t = translatorOf(res);
  if (!post.publishedAt) return t('posts.untitled');
  const formatDate = res.locals.formatDate as FormatDate;
  return t('posts.untitledOf', { date: formatDate(post.publishedAt, 'date') });
}

/** A post of a list; `cover` where the list shows one. */
export function presentItem(post: PostSummary, res: Response, cover: Picture | null = null): Item {
  return {
    title: displayTitle(post, res),
    href: postPath(post),
    excerpt: post.excerpt,
    category:
      post.categorySlug !== null && post.categoryName !== null
        ? { name: post.categoryName, href: categoryPath(post.categorySlug) }
        : null,
    author:
      post.authorUsername !== null
        ? { name: post.authorName || post.authorUsername, href: authorPath(post.authorUsername) }
        : null,
    publishedAt: post.publishedAt,
    readingMinutes: post.readingMinutes,
    commentCount: post.commentCount,
    sticky: post.sticky,
    language: post.language,
    cover,
  };
}
