import type { Db, Prisma } from '#src/platform/db.js';

/** Makes the list of pictures that a post's text cites be exactly `mediaIds` (each must exist). */
export async function replaceMediaUses(
  tx: Db,
  postId: number,
  mediaIds: readonly number[],
): Promise<void> {
  await tx.mediaUse.deleteMany({ where: { postId, mediaId: { notIn: [...mediaIds] } } });
  if (mediaIds.length === 0) return;
  await tx.mediaUse.createMany({
    data: mediaIds.map((mediaId) => ({ postId, mediaId })),
    skipDuplicates: true,
  });
}

const editable = {
  author: { select: { id: true, username: true, displayName: true } },
  tags: { include: { tag: true }, orderBy: { tag: { name: 'asc' } } },
  categories: { select: { categoryId: true }, orderBy: { categoryId: 'asc' } },
  cover: { include: { variants: true } },
} as const satisfies Prisma.PostInclude;

/** A post or page with everything that its form shows. */
export type EditablePost = Prisma.PostGetPayload<{ include: typeof editable }>;

/** The post or page with this id, or null. */
export function findEditablePost(
  db: Db,
  kind: 'post' | 'page',
  id: number,
): Promise<EditablePost | null> {
  return db.post.findFirst({ where: { id, kind }, include: editable });
}

/** The same, and nobody else can save it until this transaction ends. */
export async function lockEditablePost(
  tx: Db,
  kind: 'post' | 'page',
  id: number,
): Promise<EditablePost | null> {
  await tx.$queryRaw`SELECT 1 AS locked FROM posts WHERE id = ${id} FOR UPDATE`;
  return findEditablePost(tx, kind, id);
}

/** The post that a person's form has made, locked in the same way, or null. */
export async function lockCreatedPost(
  tx: Db,
  by: { kind: 'post' | 'page'; authorId: number; key: string },
): Promise<EditablePost | null> {
  const { kind, authorId, key: creationKey } = by;
  const made = await tx.post.findFirst({
    where: { kind, authorId, creationKey },
    select: { id: true },
  });
  return made && lockEditablePost(tx, kind, made.id);
}

/** Lets one transaction at a time choose a slug that begins with `base`, until it ends. */
export async function lockSlugs(tx: Db, kind: 'post' | 'page', base: string): Promise<void> {
  const name = `billet: slug ${kind} ${base}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** True when another post of this kind has the slug, or had it once (its readers are sent on). */
export async function isSlugTaken(
  db: Db,
  kind: 'post' | 'page',
  slug: string,
  exceptId: number | null,
): Promise<boolean> {
  const other = exceptId === null ? {} : { id: { not: exceptId } };
  if (await db.post.findFirst({ where: { kind, slug, ...other }, select: { id: true } }))
    return true;
  const old = await db.slugHistory.findUnique({ where: { kind_slug: { kind, slug } } });
  return old !== null && old.postId !== exceptId;
}

/** Remembers the slug that a post gives up, and forgets the one that it takes (back). */
export async function rememberSlug(
  tx: Db,
  post: { id: number; kind: 'post' | 'page' },
  slugs: { old: string | null; present: string },
): Promise<void> {
  await tx.slugHistory.deleteMany({ where: { kind: post.kind, slug: slugs.present } });
  if (slugs.old === null) return;
  await tx.slugHistory.upsert({
    where: { kind_slug: { kind: post.kind, slug: slugs.old } },
    create: { kind: post.kind, slug: slugs.old, postId: post.id },
    update: { postId: post.id },
  });
}

/** Writes a new post or page and answers its id. */
export async function insertPost(
  tx: Db,
  data: Prisma.PostUncheckedCreateInput,
): Promise<{ id: number }> {
  return tx.post.create({ data, select: { id: true } });
}

/** Writes the columns of a post. */
export async function updatePost(
  tx: Db,
  id: number,
  data: Prisma.PostUncheckedUpdateInput,
): Promise<void> {
  await tx.post.update({ where: { id }, data, select: { id: true } });
}

/** Of these categories the ids that exist. */
export async function existingCategories(db: Db, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db.category.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true },
  });
  return new Set(rows.map((row) => row.id));
}

/** True when there is a picture with this id. */
export async function pictureExists(db: Db, id: number): Promise<boolean> {
  return (await db.media.count({ where: { id } })) > 0;
}

/** Makes the categories of a post be exactly these. */
export async function replaceCategories(
  tx: Db,
  postId: number,
  categoryIds: readonly number[],
): Promise<void> {
  await tx.postCategory.deleteMany({ where: { postId, categoryId: { notIn: [...categoryIds] } } });
  if (categoryIds.length === 0) return;
  await tx.postCategory.createMany({
    data: categoryIds.map((categoryId) => ({ postId, categoryId })),
    skipDuplicates: true,
  });
}

/** Makes the tags of a post be exactly these. */
export async function replaceTags(
  tx: Db,
  postId: number,
  tagIds: readonly number[],
): Promise<void> {
  await tx.postTag.deleteMany({ where: { postId, tagId: { notIn: [...tagIds] } } });
  if (tagIds.length === 0) return;
  await tx.postTag.createMany({
    data: tagIds.map((tagId) => ({ postId, tagId })),
    skipDuplicates: true,
  });
}

/** Keeps what a post says now as the revision of its present version, unless that is kept already. */
export async function insertRevision(
  tx: Db,
  postId: number,
  by: { authorId: number | null; at: Date; restoredFrom?: number },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO revisions (post_id, author_id, version, title, slug, body, excerpt, language, status, restored_from, created_at)
    SELECT id, ${by.authorId}::integer, version, title, slug, body, excerpt, language, status,
      ${by.restoredFrom ?? null}::integer, ${by.at}::timestamptz
    FROM posts WHERE id = ${postId}
    ON CONFLICT (post_id, version) DO NOTHING`;
}

/** Tells every process, at commit, that a post has changed. */
export async function notifyPostChanged(tx: Db, postId: number): Promise<void> {
  const message = JSON.stringify({ topic: 'post', id: postId });
  await tx.$executeRaw`SELECT pg_notify('billet', ${message})`;
}
