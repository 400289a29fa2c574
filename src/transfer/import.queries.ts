import type { Db, Prisma } from '#src/platform/db.js';

/** Any number; it is the name of the lock that keeps imports one after the other. */
const IMPORT_LOCK = 7_306_082;

/** Takes the right to import until the transaction ends; false when another import has it. */
export async function tryImportLock(tx: Db): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${IMPORT_LOCK}::bigint) AS locked`;
  return row?.locked === true;
}

/** Kinds of things that an import remembers. */
export type KeyKind =
  'author' | 'category' | 'tag' | 'post' | 'page' | 'comment' | 'menu' | 'media' | 'setting';

/** What the things with these keys became in an earlier run. */
export async function findKeys(
  tx: Db,
  source: string,
  kind: KeyKind,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ key: string; targetId: number }[]>`
    SELECT key, target_id AS "targetId" FROM import_keys
    WHERE source = ${source} AND kind = ${kind} AND key = ANY (${[...keys]}::text[])`;
  return new Map(rows.map((row) => [row.key, row.targetId]));
}

/** Remembers what foreign things became. */
export async function storeKeys(
  tx: Db,
  source: string,
  kind: KeyKind,
  keys: readonly { key: string; targetId: number }[],
): Promise<void> {
  await tx.importKey.createMany({
    data: keys.map(({ key, targetId }) => ({ source, kind, key, targetId })),
    skipDuplicates: true,
  });
}

/** Ids for new rows, taken from the sequence of a table. */
export async function reserveIds(
  tx: Db,
  table: 'posts' | 'comments' | 'media_fetches',
  count: number,
): Promise<number[]> {
  if (count === 0) return [];
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence(${table}, 'id'))::integer AS id FROM generate_series(1, ${count}::integer)`;
  return rows.map((row) => row.id);
}

/** Slugs of posts that are still here, by id. */
export async function findPostSlugs(tx: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.post.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, slug: true },
  });
  return new Map(rows.map((row) => [row.id, row.slug]));
}

/** Accounts with these e-mail addresses or user names. */
export function findAccounts(tx: Db, emails: readonly string[], usernames: readonly string[]) {
  return tx.user.findMany({
    where: { OR: [{ email: { in: [...emails] } }, { username: { in: [...usernames] } }] },
    select: { id: true, email: true, username: true },
  });
}

/** User names of accounts, by id. */
export async function findUsernames(tx: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, username: true },
  });
  return new Map(rows.map((row) => [row.id, row.username]));
}

/** Makes an account that nobody can log in to until it is given a password. Returns its id. */
export async function insertAccount(
  tx: Db,
  account: { email: string; username: string; displayName: string },
): Promise<number> {
  const { id } = await tx.user.create({
    data: { ...account, role: 'author' },
    select: { id: true },
  });
  return id;
}

/** A new category or tag. */
export interface NewTerm {
  name: string;
  slug: string;
  description: string;
}

/** Every category: few, as trees go. */
export function findAllCategories(tx: Db) {
  return tx.category.findMany({ select: { id: true, slug: true, name: true } });
}

/** Adds a category without its place in the tree. Returns its id. */
export async function insertCategory(tx: Db, term: NewTerm, position: number): Promise<number> {
  const { id } = await tx.category.create({ data: { ...term, position }, select: { id: true } });
  return id;
}

/** Puts a category below another one. */
export async function setCategoryParent(tx: Db, id: number, parentId: number): Promise<void> {
  await tx.category.update({ where: { id }, data: { parentId }, select: { id: true } });
}

/** Tags by slug or, whatever its case, by name. */
export function findTags(tx: Db, slugs: readonly string[], names: readonly string[]) {
  return tx.tag.findMany({
    where: { OR: [{ slug: { in: [...slugs] } }, { name: { in: [...names] } }] },
    select: { id: true, slug: true, name: true },
  });
}

/** Adds tags. Returns their ids by slug. */
export async function insertTags(tx: Db, tags: readonly NewTerm[]): Promise<Map<string, number>> {
  const rows = await tx.tag.createManyAndReturn({
    data: [...tags],
    select: { id: true, slug: true },
  });
  return new Map(rows.map((row) => [row.slug, row.id]));
}

/** A row of `posts` with what belongs to it. */
export interface NewPost {
  row: Prisma.PostCreateManyInput & { id: number };
  categoryIds: number[];
  tagIds: number[];
  /** Pictures of this site that the text cites already. */
  mediaIds: number[];
}

/** Adds posts with their categories, tags and first revisions. */
export async function insertPosts(tx: Db, posts: readonly NewPost[]): Promise<void> {
  const ids = posts.map((post) => post.row.id);
  await tx.post.createMany({ data: posts.map((post) => post.row) });
  await tx.postCategory.createMany({
    data: posts.flatMap(({ row, categoryIds }) =>
      categoryIds.map((categoryId) => ({ postId: row.id, categoryId })),
    ),
  });
  await tx.postTag.createMany({
    data: posts.flatMap(({ row, tagIds }) => tagIds.map((tagId) => ({ postId: row.id, tagId }))),
  });
  await tx.mediaUse.createMany({
    data: posts.flatMap(({ row, mediaIds }) =>
      mediaIds.map((mediaId) => ({ postId: row.id, mediaId })),
    ),
  });
  await tx.$executeRaw`
    INSERT INTO revisions (post_id, author_id, version, title, slug, body, excerpt, language, status, created_at)
    SELECT id, author_id, version, title, slug, body, excerpt, language, status, created_at
    FROM posts WHERE id = ANY (${ids}::integer[])`;
  await tx.$executeRaw`
    SELECT pg_notify('billet', json_build_object('topic', 'post', 'id', id)::text) FROM unnest(${ids}::integer[]) AS id`;
}

/** Where comments stand that are here already. */
export async function findPlacedComments(tx: Db, ids: readonly number[]) {
  return tx.comment.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, parentId: true, threadId: true, depth: true },
  });
}

/** Adds comments; parents come before their replies. */
export async function insertComments(
  tx: Db,
  comments: Prisma.CommentCreateManyInput[],
): Promise<void> {
  await tx.comment.createMany({ data: comments });
}

/** True when a menu has lines already. */
export async function hasMenu(tx: Db, location: 'main' | 'footer'): Promise<boolean> {
  return (await tx.menuItem.count({ where: { location } })) > 0;
}
