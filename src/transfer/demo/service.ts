import { renderForStorage } from '#src/blog/index.js';
import { MediaInUseError, deleteMedia, storeImage, type Storage } from '#src/media/index.js';
import type { Now } from '#src/platform/clock.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { ConflictError, NotFoundError } from '#src/platform/errors.js';
import { renderComment, RENDERER_VERSION } from '#src/platform/markdown/index.js';
import { saveMenu } from '#src/site/index.js';
import { createCategory, findOrCreateTags } from '#src/tags/index.js';
import { storeKeys, type KeyKind } from '../import.queries.js';
import { demoPosts } from './content.js';
import type { DemoComment, DemoPost } from './demo.types.js';
import { demoCategories, demoPeople } from './people.js';
import { drawnPictures, jpegOf } from './pictures.js';
import {
  DEMO,
  hasDemo,
  hasPosts,
  insertDemoComment,
  insertDemoPerson,
  insertDemoPost,
  listMenuIds,
  listTagIds,
  takenUsernames,
} from './queries.js';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** What the demonstration takes. */
export interface DemoDeps {
  db: Database;
  storage: Storage;
  now: Now;
  config: { baseUrl: string };
}

/** What filling brought. */
export interface DemoFilled {
  posts: number;
  comments: number;
  pictures: number;
}

/** Ids by the keys of the demonstration. */
type Ids = Map<string, number>;

interface Filling {
  tx: Db;
  now: Date;
  baseUrl: string;
  people: Ids;
  categories: Ids;
  pictures: Ids;
}

/**
 * Fills an empty site. Null when the demonstration is there already.
 * @throws {ConflictError} when there are posts of somebody's own.
 */
export async function fillDemo(deps: DemoDeps): Promise<DemoFilled | null> {
  if (await hasDemo(deps.db)) return null;
  if (await hasPosts(deps.db))
    throw new ConflictError(
      'There are posts here already; the demonstration is for an empty site.',
    );
  const { pictures, made } = await storePictures(deps);
  return inTransaction(
    deps.db,
    async (tx) => {
      // Two at once: the second waits here, and then finds the first one's posts.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${7_306_083}::bigint)`;
      if (await hasDemo(tx)) return null;
      await remember(tx, 'media', made);
      const people = await storePeople(tx);
      const categories = await storeCategories(tx);
      const filling = {
        tx,
        now: deps.now(),
        baseUrl: deps.config.baseUrl,
        people,
        categories,
        pictures,
      };
      const comments = await storePosts(filling);
      await storeMenu(tx, categories);
      return { posts: demoPosts.length, comments, pictures: drawnPictures.length };
    },
    { timeout: 120_000 },
  );
}

async function remember(tx: Db, kind: KeyKind, ids: Ids): Promise<void> {
  await storeKeys(
    tx,
    DEMO,
    kind,
    [...ids].map(([key, targetId]) => ({ key, targetId })),
  );
}

async function storePictures(deps: DemoDeps): Promise<{ pictures: Ids; made: Ids }> {
  const pictures: Ids = new Map();
  const made: Ids = new Map();
  for (const picture of drawnPictures) {
    const { media, created } = await storeImage(deps, {
      bytes: await jpegOf(picture),
      filename: picture.filename,
      alt: picture.alt,
      uploaderId: null,
    });
    pictures.set(picture.key, media.id);
    if (created) made.set(picture.key, media.id);
  }
  return { pictures, made };
}

async function storePeople(tx: Db): Promise<Ids> {
  const taken = await takenUsernames(
    tx,
    demoPeople.map((person) => person.username),
  );
  const people: Ids = new Map();
  for (const { key, username, displayName, bio } of demoPeople) {
    const free = taken.has(username) ? `${username}-demo` : username;
    people.set(
      key,
      await insertDemoPerson(tx, {
        email: `${free}@demo.invalid`,
        username: free,
        displayName,
        bio,
      }),
    );
  }
  await remember(tx, 'author', people);
  return people;
}

async function storeCategories(tx: Db): Promise<Ids> {
  const categories: Ids = new Map();
  for (const { key, name, description, parent } of demoCategories) {
    const parentId = parent === undefined ? null : (categories.get(parent) ?? null);
    categories.set(key, (await createCategory(tx, { name, description, parentId })).id);
  }
  await remember(tx, 'category', categories);
  return categories;
}

async function storePosts(filling: Filling): Promise<number> {
  const { tx } = filling;
  const posts: Ids = new Map();
  const tags: Ids = new Map();
  const comments: Ids = new Map();
  const before = await listTagIds(tx);
  for (const post of demoPosts) {
    const tagIds = await findOrCreateTags(tx, post.tags);
    for (const id of tagIds) if (!before.has(id)) tags.set(String(id), id);
    const id = await storePost(filling, post, tagIds);
    posts.set(post.key, id);
    for (const comment of post.comments ?? [])
      await storeComment(filling, post, id, comment, comments);
  }
  await remember(tx, 'tag', tags);
  await remember(tx, 'post', posts);
  await remember(tx, 'comment', comments);
  return comments.size;
}

function dateOf(filling: Filling, post: DemoPost): Date | null {
  if (post.daysAgo === null) return null;
  // Not all at the same hour: people write when they can.
  return new Date(
    filling.now.getTime() - post.daysAgo * DAY + (post.key.length % 7) * HOUR - 9 * HOUR,
  );
}

async function storePost(filling: Filling, post: DemoPost, tagIds: number[]): Promise<number> {
  const { tx, now, baseUrl, people, categories, pictures } = filling;
  const body = post.body.replace(/\{\{picture:(\w+)\}\}/g, (_whole, key: string) =>
    String(pictures.get(key) ?? 0),
  );
  const { mediaIds, ...rendering } = await renderForStorage(tx, { body, baseUrl });
  const publishedAt = dateOf(filling, post);
  const categoryId = post.category === undefined ? null : (categories.get(post.category) ?? null);
  const status = publishedAt === null ? 'draft' : publishedAt > now ? 'scheduled' : 'published';
  return insertDemoPost(
    tx,
    {
      kind: post.kind ?? 'post',
      status,
      title: post.title,
      slug: post.slug,
      body,
      excerpt: post.excerpt ?? '',
      language: post.language,
      authorId: people.get(post.author) ?? null,
      categoryId,
      coverId: post.cover === undefined ? null : (pictures.get(post.cover) ?? null),
      sticky: post.sticky === true,
      publishedAt,
      ...rendering,
      toc: JSON.parse(JSON.stringify(rendering.toc)) as [],
      createdAt: publishedAt ?? now,
      updatedAt: publishedAt ?? now,
    },
    { categoryIds: categoryId === null ? [] : [categoryId], tagIds, mediaIds },
  );
}

/** A thread, each answer under what it answers. */
async function storeComment(
  filling: Filling,
  post: DemoPost,
  postId: number,
  comment: DemoComment,
  made: Ids,
  above?: { id: number; threadId: number; depth: number; at: Date },
): Promise<void> {
  const { tx, now, baseUrl, people } = filling;
  const from = above?.at ?? dateOf(filling, post) ?? now;
  const at = new Date(Math.min(from.getTime() + comment.after * HOUR, now.getTime()));
  const id = await insertDemoComment(tx, {
    postId,
    parentId: above?.id ?? null,
    threadId: above?.threadId ?? null,
    depth: (above?.depth ?? 0) + 1,
    status: comment.pending === true ? 'pending' : 'approved',
    authorId: comment.person === undefined ? null : (people.get(comment.person) ?? null),
    authorName: comment.name,
    body: comment.body,
    html: renderComment(comment.body, { baseUrl }).html,
    rendererVersion: RENDERER_VERSION,
    createdAt: at,
  });
  made.set(String(made.size + 1), id);
  const place = { id, threadId: above?.threadId ?? id, depth: (above?.depth ?? 0) + 1, at };
  for (const reply of comment.replies ?? [])
    await storeComment(filling, post, postId, reply, made, place);
}

async function storeMenu(tx: Db, categories: Ids): Promise<void> {
  if ((await listMenuIds(tx)).length > 0) return;
  const below = ['barometers', 'charts'].flatMap((key) => {
    const categoryId = categories.get(key);
    return categoryId === undefined ? [] : [{ categoryId, label: '', children: [] }];
  });
  await saveMenu(tx, 'main', [
    { url: '/', label: 'Notebook', children: [] },
    { categoryId: categories.get('harbours'), label: '', children: [] },
    { categoryId: categories.get('instruments'), label: '', children: below },
    { url: '/archive', label: 'Archive', children: [] },
    { url: '/about', label: 'About', children: [] },
  ]);
  const ids = await listMenuIds(tx);
  await remember(tx, 'menu', new Map(ids.map((id) => [String(id), id])));
}

/** Removes one picture of the demonstration unless something else shows it. True when it went. */
export async function removePicture(db: Database, id: number): Promise<boolean> {
  try {
    await deleteMedia({ db }, id);
    return true;
  } catch (error) {
    if (error instanceof MediaInUseError || error instanceof NotFoundError) return false;
    throw error;
  }
}
