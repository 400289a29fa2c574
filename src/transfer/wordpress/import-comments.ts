import { isIP } from 'node:net';
import { renderComment, RENDERER_VERSION } from '#src/platform/markdown/index.js';
import { commentMarkdown } from '../content/comment-markdown.js';
import { plainText } from '../content/html-tree.js';
import {
  findKeys,
  findPlacedComments,
  insertComments,
  reserveIds,
  storeKeys,
} from '../import.queries.js';
import type { Importing } from '../importing.types.js';
import type { People } from './import-people.js';
import { instantOf } from './dates.js';
import { emailOf, webAddressOf } from './people.js';
import { titleOf } from './posts.js';
import { placeComments, type Placed } from './threads.js';
import type { WxrComment, WxrItem } from './wxr.types.js';

const STATUSES: Readonly<Record<string, 'approved' | 'pending' | 'spam' | 'trash'>> = {
  '1': 'approved',
  approve: 'approved',
  approved: 'approved',
  '0': 'pending',
  hold: 'pending',
  spam: 'spam',
  trash: 'trash',
  'post-trashed': 'trash',
};

const KINDS: Readonly<Record<string, 'comment' | 'pingback' | 'trackback'>> = {
  '': 'comment',
  comment: 'comment',
  review: 'comment',
  pingback: 'pingback',
  trackback: 'trackback',
};

/** Longest text of a comment, in UTF-16 units. */
const LONGEST = 65_000;

function keyOf(comment: WxrComment, postKey: string): string {
  return comment.id === ''
    ? `${postKey}:${comment.dateGmt || comment.date}:${comment.author}`.slice(0, 300)
    : comment.id;
}

/** Brings the comments of an item in; those that are here from an earlier run stay as they are. */
export async function importComments(
  importing: Importing,
  people: People,
  item: WxrItem,
  post: { id: number; key: string },
): Promise<void> {
  const { tx, source, report } = importing;
  const title = titleOf(item) || item.slug;
  const comments = wanted(item, report, title);
  if (comments.length === 0) return;
  const keys = comments.map((comment) => keyOf(comment, post.key));
  const known = await findKeys(tx, source, 'comment', keys);
  const seen = new Set<string>();
  const fresh = comments.filter((comment) => {
    const key = keyOf(comment, post.key);
    const isNew = !known.has(key) && !seen.has(key);
    seen.add(key);
    report.count('comment', isNew ? 'created' : known.has(key) ? 'existing' : 'skipped');
    return isNew;
  });
  if (fresh.length === 0) return;
  const ids = await reserveIds(tx, 'comments', fresh.length);
  const byId = new Map(fresh.map((comment, index) => [ids[index] ?? 0, comment]));
  const placeable = fresh.map((comment, index) => ({
    key: keyOf(comment, post.key),
    parentKey: comment.parent,
    id: ids[index] ?? 0,
  }));
  const placed = placeComments(placeable, await placedBefore(importing, known), {
    missingParent: (key) => report.warn('commentParent', `#${key}`, title),
    tooDeep: (key) => report.warn('commentDepth', `#${key}`, title),
  });
  await insertComments(
    tx,
    placed.flatMap((place) => {
      const comment = byId.get(place.id);
      return comment === undefined
        ? []
        : [rowOf(importing, people, comment, place, post.id, title)];
    }),
  );
  await storeKeys(
    tx,
    source,
    'comment',
    placeable.map(({ key, id }) => ({ key, targetId: id })),
  );
}

function wanted(item: WxrItem, report: Importing['report'], title: string): WxrComment[] {
  return item.comments.filter((comment) => {
    if (KINDS[comment.type] !== undefined) return true;
    report.warn('commentType', comment.type, title);
    report.count('comment', 'skipped');
    return false;
  });
}

async function placedBefore(
  { tx }: Importing,
  known: ReadonlyMap<string, number>,
): Promise<Map<string, Placed>> {
  if (known.size === 0) return new Map();
  const rows = new Map(
    (await findPlacedComments(tx, [...known.values()])).map((row) => [row.id, row]),
  );
  return new Map(
    [...known].flatMap(([key, id]) => {
      const row = rows.get(id);
      return row === undefined ? [] : [[key, row] as const];
    }),
  );
}

function rowOf(
  importing: Importing,
  people: People,
  comment: WxrComment,
  place: Placed,
  postId: number,
  title: string,
) {
  const { report, timeZone, now, baseUrl } = importing;
  const body = commentMarkdown(comment.content).slice(0, LONGEST).toWellFormed();
  const authorEmail = emailOf(comment.email);
  const authorUrl = webAddressOf(comment.url);
  const address = isIP(comment.ip) === 0 ? null : comment.ip;
  if (
    (comment.url !== '' && authorUrl === null) ||
    (comment.email !== '' && authorEmail === null)
  ) {
    report.warn('commentAddress', `${comment.email} ${comment.url}`.trim(), title);
  }
  return {
    ...place,
    postId,
    kind: KINDS[comment.type] ?? 'comment',
    status: STATUSES[comment.approved] ?? 'pending',
    authorId: people.commenter(comment.userId, comment.email),
    authorName: plainText(comment.author).slice(0, 200).toWellFormed(),
    authorEmail,
    authorUrl,
    address,
    body,
    html: renderComment(body, { baseUrl }).html,
    rendererVersion: RENDERER_VERSION,
    createdAt: instantOf(comment.dateGmt, comment.date, timeZone) ?? now(),
  };
}
