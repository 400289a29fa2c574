import type { Response } from 'express';
import { emptyHtml, storedHtml, type SafeHtml } from '#src/platform/markdown/index.js';
import { renderFragment } from '#src/platform/render.js';
import { authorPath, postPath } from '#src/blog/index.js';
import type { ShownComment } from './queries.js';
import type { CommentNode, Thread } from './threads.js';

/** The post that is spoken about. */
export interface DiscussedPost {
  id: number;
  kind: 'post' | 'page';
  slug: string;
  authorId: number | null;
  commentsOpen: boolean;
  commentCount: number;
}

/** What `comments/_discussion` shows. */
export interface Discussion {
  post: DiscussedPost;
  threads: Thread[];
  mentions: ShownComment[];
  earlier: string | null;
  later: string | null;
  /** True when one thread is shown by itself. */
  single: boolean;
}

/** An address a guest gave, when a link to it is safe; null otherwise. */
function linkOf(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}

function presentWriter(comment: ShownComment, post: DiscussedPost) {
  const name = comment.authorName.trim();
  return {
    name,
    initial: [...name][0]?.toLocaleUpperCase() ?? '',
    href:
      comment.authorUsername !== null && comment.authorId === post.authorId
        ? authorPath(comment.authorUsername)
        : linkOf(comment.authorUrl),
    own: comment.authorUsername !== null && comment.authorId === post.authorId,
    isAuthor: comment.authorId !== null && comment.authorId === post.authorId,
  };
}

/** A comment as `comments/_comment` takes it. It is the same for every viewer. */
export interface CommentView {
  id: number;
  writer: ReturnType<typeof presentWriter>;
  html: SafeHtml;
  createdAt: Date;
  editedAt: Date | null;
  permalink: string;
  replies: CommentView[];
  /** Address of the rest of its thread, or null. */
  more: string | null;
}

function presentComment(comment: CommentNode, post: DiscussedPost): CommentView {
  return {
    id: comment.id,
    writer: presentWriter(comment, post),
    html: storedHtml(comment.html),
    createdAt: comment.createdAt,
    editedAt: comment.editedAt,
    permalink: `/comments/${String(comment.id)}`,
    replies: comment.replies.map((reply) => presentComment(reply, post)),
    more: null,
  };
}

function presentThread(thread: Thread, post: DiscussedPost): CommentView {
  const query = `thread=${String(thread.id)}&after=${thread.more ?? ''}`;
  return {
    ...presentComment(thread, post),
    more: thread.more === null ? null : `${postPath(post)}?${query}#comments`,
  };
}

/** The discussion below a post; nothing where nothing was said and nothing can be. */
export function renderDiscussionHtml(res: Response, page: Discussion): SafeHtml {
  const { post } = page;
  if (post.commentCount === 0 && page.mentions.length === 0) return emptyHtml;
  const at = (side: string, cursor: string | null) =>
    cursor === null ? null : `${postPath(post)}?${side}=${cursor}#comments`;
  return renderFragment(res, 'comments/_discussion', {
    // Mentions stand in their own list and are not counted among what people wrote here.
    count: post.commentCount,
    open: post.commentsOpen,
    threads: page.threads.map((thread) => presentThread(thread, post)),
    mentions: page.mentions.map((mention) => ({
      id: mention.id,
      name: mention.authorName,
      href: linkOf(mention.authorUrl),
      createdAt: mention.createdAt,
    })),
    earlier: at('before', page.earlier),
    later: at('after', page.later),
    whole: page.single ? `${postPath(post)}#comments` : null,
  });
}
