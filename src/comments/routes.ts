import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { canReadPost, postPath } from '#src/blog/index.js';
import type { Now } from '#src/platform/clock.js';
import type { Database } from '#src/platform/db.js';
import { NotFoundError } from '#src/platform/errors.js';
import type { SafeHtml } from '#src/platform/markdown/index.js';
import { pageRequest } from '#src/platform/pagination.js';
import { redirectTo } from '#src/platform/http.js';
import { rowId } from '#src/platform/validate.js';
import { viewerOf } from '#src/users/index.js';
import { listMentions } from './queries.js';
import { findPlaceOf, findThread, listThreads } from './threads.js';
import { renderDiscussionHtml, type DiscussedPost } from './views.js';

const HEADS = 30;
const REPLIES = 20;
const REPLIES_ALONE = 100;
const MENTIONS = 50;

const threadQuery = z.object({ thread: rowId.optional() });

/**
 * Makes what renders the discussion below a post: approved comments only, the same for everyone.
 * `?after=` and `?before=` page through the threads, `?thread=` shows one of them by itself.
 */
export function discussionRenderer(deps: { db: Database }) {
  return async (req: Request, res: Response, post: DiscussedPost): Promise<SafeHtml> => {
    const query = threadQuery.safeParse(req.query);
    if (!query.success) throw new NotFoundError();
    const request = pageRequest(req.query, HEADS);
    const mentions = await listMentions(deps.db, post.id, MENTIONS);
    if (query.data.thread !== undefined) {
      const thread = await findThread(deps.db, post.id, query.data.thread, {
        after: request.after,
        replies: REPLIES_ALONE,
      });
      if (!thread) throw new NotFoundError();
      const page = { threads: [thread], earlier: null, later: null, single: true };
      return renderDiscussionHtml(res, { post, mentions, ...page });
    }
    const page = await listThreads(deps.db, post.id, {
      ...request,
      heads: HEADS,
      replies: REPLIES,
    });
    return renderDiscussionHtml(res, { post, mentions, ...page, single: false });
  };
}

/** `/comments/:id`: the address of a comment, wherever in its discussion it stands by now. */
export function commentRoutes(deps: { db: Database; now: Now }): Router {
  const router = Router();
  router.get('/comments/:id', async (req, res) => {
    const id = rowId.safeParse(req.params.id);
    if (!id.success) throw new NotFoundError();
    const place = await findPlaceOf(deps.db, id.data, { heads: HEADS, replies: REPLIES });
    if (!place || !canReadPost(viewerOf(req), place.post, deps.now())) throw new NotFoundError();
    // Not for good: a discussion grows, and the comment moves on to another page of it.
    redirectTo(res, `${postPath(place.post)}${place.query}#comment-${String(id.data)}`, 302);
  });
  return router;
}
