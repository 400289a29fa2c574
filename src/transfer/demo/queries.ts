import type { Db, Prisma } from '#src/platform/db.js';
import type { KeyKind } from '../import.queries.js';

/** Name of the demonstration in `import_keys`. */
export const DEMO = 'demo';

/** True when there is any post or page. */
export async function hasPosts(db: Db): Promise<boolean> {
  return (await db.post.findFirst({ select: { id: true } })) !== null;
}

/** True when the demonstration has brought something that it still remembers. */
export async function hasDemo(db: Db): Promise<boolean> {
  return (
    (await db.importKey.findFirst({ where: { source: DEMO }, select: { key: true } })) !== null
  );
}

/** Ids of the demonstration's things of one kind. */
export async function listDemo(db: Db, kind: KeyKind): Promise<number[]> {
  const rows = await db.importKey.findMany({
    where: { source: DEMO, kind },
    select: { targetId: true },
    orderBy: { targetId: 'asc' },
  });
  return rows.map((row) => row.targetId);
}

/** Forgets the demonstration. */
export async function forgetDemo(tx: Db): Promise<void> {
  await tx.importKey.deleteMany({ where: { source: DEMO } });
}

/** Adds a post with its categories, tags, pictures and first revision. Returns its id. */
export async function insertDemoPost(
  tx: Db,
  row: Prisma.PostUncheckedCreateInput,
  links: { categoryIds: number[]; tagIds: number[]; mediaIds: number[] },
): Promise<number> {
  const { id } = await tx.post.create({ data: row, select: { id: true } });
  await tx.postCategory.createMany({
    data: links.categoryIds.map((categoryId) => ({ postId: id, categoryId })),
  });
  await tx.postTag.createMany({ data: links.tagIds.map((tagId) => ({ postId: id, tagId })) });
  await tx.mediaUse.createMany({
    data: links.mediaIds.map((mediaId) => ({ postId: id, mediaId })),
  });
  await tx.$executeRaw`
    INSERT INTO revisions (post_id, author_id, version, title, slug, body, excerpt, language, status, created_at)
    SELECT id, author_id, version, title, slug, body, excerpt, language, status, created_at FROM posts WHERE id = ${id}`;
  await tx.$executeRaw`SELECT pg_notify('billet', ${JSON.stringify({ topic: 'post', id })})`;
  return id;
}

/** Adds a comment. Returns its id. */
export async function insertDemoComment(
  tx: Db,
  row: Prisma.CommentUncheckedCreateInput,
): Promise<number> {
  const { id } = await tx.comment.create({ data: row, select: { id: true } });
  return id;
}

/** Adds an account without a password. Returns its id. */
export async function insertDemoPerson(
  tx: Db,
  row: { email: string; username: string; displayName: string; bio: string },
): Promise<number> {
  const { id } = await tx.user.create({ data: { ...row, role: 'author' }, select: { id: true } });
  return id;
}

/** User names of these that somebody has. */
export async function takenUsernames(tx: Db, usernames: readonly string[]): Promise<Set<string>> {
  const rows = await tx.user.findMany({
    where: { username: { in: [...usernames] } },
    select: { username: true },
  });
  return new Set(rows.map((row) => row.username.toLowerCase()));
}

/** Ids of every tag. */
export async function listTagIds(tx: Db): Promise<Set<number>> {
  const rows = await tx.tag.findMany({ select: { id: true } });
  return new Set(rows.map((row) => row.id));
}

/** Ids of the main menu's lines, in order. */
export async function listMenuIds(tx: Db): Promise<number[]> {
  const rows = await tx.menuItem.findMany({
    where: { location: 'main' },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => row.id);
}

/** Removes the lines of the demonstration that have no other lines below them. */
export async function deleteMenuLines(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.menuItem.deleteMany({
    where: { id: { in: [...ids] }, children: { none: { id: { notIn: [...ids] } } } },
  });
}

/**
 * Of these posts those that nobody has touched: never saved by a person nor being edited, not in a
 * menu, without comments but the demonstration's own.
 */
export async function untouchedPosts(
  tx: Db,
  ids: readonly number[],
  commentIds: readonly number[],
): Promise<number[]> {
  const rows = await tx.post.findMany({
    where: {
      id: { in: [...ids] },
      version: 1,
      comments: { none: { id: { notIn: [...commentIds] } } },
      autosaves: { none: {} },
      menuItems: { none: {} },
    },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Removes posts, and tells every process. */
export async function deletePosts(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.post.deleteMany({ where: { id: { in: [...ids] } } });
  await tx.$executeRaw`
    SELECT pg_notify('billet', json_build_object('topic', 'post', 'id', id)::text) FROM unnest(${[...ids]}::integer[]) AS id`;
}

/** Removes comments to which nobody but the demonstration has replied. */
export async function deleteComments(tx: Db, ids: readonly number[]): Promise<void> {
  const mine = { notIn: [...ids] };
  await tx.comment.deleteMany({
    where: {
      id: { in: [...ids] },
      replies: { none: { id: mine } },
      members: { none: { id: mine } },
    },
  });
}

/** Removes tags that no post has. Returns how many went. */
export async function deleteUnusedTags(tx: Db, ids: readonly number[]): Promise<number> {
  const { count } = await tx.tag.deleteMany({
    where: { id: { in: [...ids] }, posts: { none: {} }, menuItems: { none: {} } },
  });
  return count;
}

/** Removes categories that nothing uses, children before parents. Returns how many went. */
export async function deleteUnusedCategories(tx: Db, ids: readonly number[]): Promise<number> {
  let removed = 0;
  for (;;) {
    const { count } = await tx.category.deleteMany({
      where: {
        id: { in: [...ids] },
        posts: { none: {} },
        primaryPosts: { none: {} },
        children: { none: {} },
        menuItems: { none: {} },
      },
    });
    removed += count;
    if (count === 0) return removed;
  }
}

/** Removes accounts that have nothing to their name and that nobody has claimed. Returns how many went. */
export async function deleteIdlePeople(tx: Db, ids: readonly number[]): Promise<number> {
  const { count } = await tx.user.deleteMany({
    where: {
      id: { in: [...ids] },
      passwordHash: null,
      posts: { none: {} },
      comments: { none: {} },
      uploads: { none: {} },
      revisions: { none: {} },
    },
  });
  return count;
}
