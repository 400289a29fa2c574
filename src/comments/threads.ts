import type { Db } from '#src/platform/db.js';
import { formatCursor, type Cursor } from '#src/platform/pagination.js';
import {
  countRepliesBefore,
  findHead,
  findPlace,
  listHeads,
  listReplies,
  type ShownComment,
} from './queries.js';

/** A comment with its replies. */
export interface CommentNode extends ShownComment {
  replies: CommentNode[];
}

/** A thread and, where it has more replies than are shown, where they go on. */
export interface Thread extends CommentNode {
  /** Cursor for the rest of this thread, or null. */
  more: string | null;
}

/** A page of a discussion, oldest first. */
export interface ThreadPage {
  threads: Thread[];
  /** For `?before=`: towards earlier threads. */
  earlier: string | null;
  /** For `?after=`: towards later threads. */
  later: string | null;
}

/** Which part of a discussion is wanted. */
export interface ThreadRequest {
  before?: Cursor;
  after?: Cursor;
  /** Threads on a page. */
  heads: number;
  /** Replies shown below each. */
  replies: number;
}

function cursorOf(comment: ShownComment): Cursor {
  return { at: comment.createdAt, id: comment.id };
}

/** Hangs replies below what they answer, or below the head where that is not shown. */
function grown(head: ShownComment, replies: readonly ShownComment[]): CommentNode {
  const root: CommentNode = { ...head, replies: [] };
  const byId = new Map<number, CommentNode>([[head.id, root]]);
  for (const reply of replies) {
    const node: CommentNode = { ...reply, replies: [] };
    const parent = byId.get(reply.parentId ?? head.id) ?? root;
    // The third level is the last: what answers it stands beside it.
    const home = parent.depth >= 3 ? (byId.get(parent.parentId ?? head.id) ?? root) : parent;
    home.replies.push({ ...node, depth: Math.min(home.depth + 1, 3) });
    byId.set(reply.id, home.replies.at(-1) ?? node);
  }
  return root;
}

function threadOf(head: ShownComment, replies: ShownComment[], shown: number): Thread {
  const last = replies.length > shown ? replies[shown - 1] : undefined;
  return {
    ...grown(head, replies.slice(0, shown)),
    more: last ? formatCursor(cursorOf(last)) : null,
  };
}

/** A page of the threads of a post. Its cost depends on the page, not on the discussion. */
export async function listThreads(
  db: Db,
  postId: number,
  request: ThreadRequest,
): Promise<ThreadPage> {
  const { before, after } = request;
  const rows = await listHeads(db, postId, { before, after, limit: request.heads + 1 });
  const hasMore = rows.length > request.heads;
  const heads = rows.slice(0, request.heads);
  if (before) heads.reverse();
  const ids = heads.map((head) => head.id);
  const replies = ids.length > 0 ? await listReplies(db, ids, request.replies + 1) : [];
  const repliesOf = (id: number) => replies.filter((reply) => reply.threadId === id);
  const [first, last] = [heads[0], heads.at(-1)];
  return {
    threads: heads.map((head) => threadOf(head, repliesOf(head.id), request.replies)),
    earlier: first && (before ? hasMore : Boolean(after)) ? formatCursor(cursorOf(first)) : null,
    later: last && (before ? true : hasMore) ? formatCursor(cursorOf(last)) : null,
  };
}

/** One thread by itself, from `after` on; null when it is not one of this post. */
export async function findThread(
  db: Db,
  postId: number,
  threadId: number,
  request: { after?: Cursor; replies: number },
): Promise<Thread | null> {
  const head = await findHead(db, postId, threadId);
  if (!head) return null;
  const replies = await listReplies(db, [threadId], request.replies + 1, request.after ?? null);
  return threadOf(head, replies, request.replies);
}

/** Where a comment is to be seen: the query of its post's page (with its ?, or nothing). */
export interface Place {
  post: NonNullable<Awaited<ReturnType<typeof findPlace>>>['post'];
  query: string;
}

/** Finds the page of a discussion on which a comment stands; null for one that nobody sees. */
export async function findPlaceOf(
  db: Db,
  id: number,
  size: { heads: number; replies: number },
): Promise<Place | null> {
  const comment = await findPlace(db, id);
  if (!comment || (comment.threadId !== null && comment.thread?.status !== 'approved')) return null;
  const { post } = comment;
  if (comment.kind !== 'comment') return { post, query: '' };
  const head = comment.thread ?? comment;
  const first = await listHeads(db, comment.postId, { limit: size.heads });
  const at = { at: comment.createdAt, id: comment.id };
  const before = comment.thread ? await countRepliesBefore(db, head.id, at, size.replies + 1) : 0;
  const shown = first.some(({ id: shownId }) => shownId === head.id) && before < size.replies;
  if (shown) return { post, query: '' };
  // The thread by itself, from this reply on: a cursor just before it.
  const from = formatCursor({ at: at.at, id: at.id - 1 });
  const after = comment.thread && before >= size.replies ? `&after=${from}` : '';
  return { post, query: `?thread=${String(head.id)}${after}` };
}
