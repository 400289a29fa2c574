import type { Prisma } from '#src/platform/db.js';
import { type Db } from '#src/platform/db.js';

/** Columns of a tag that people set. */
export interface TagColumns {
  name: string;
  slug: string;
  description: string;
}

/** Tag by slug, or null. */
export function findTagBySlug(db: Db, slug: string) {
  return db.tag.findUnique({ where: { slug } });
}

/** Tag by id, or null. */
export function findTag(db: Db, id: number) {
  return db.tag.findUnique({ where: { id } });
}

/**
 * Locks tags until the transaction ends, in the order of their ids: whoever wants the same ones waits
 * and then sees what was made of them.
 */
export async function lockTags(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.$executeRaw`
    SELECT id FROM tags WHERE id = ANY (${[...ids]}::int[]) ORDER BY id FOR UPDATE`;
}

/** Tag as stored. */
export type Tag = NonNullable<Awaited<ReturnType<typeof findTag>>>;

/** Tags with one of these names, whatever their case. */
export function findTagsByName(db: Db, names: readonly string[]) {
  return db.tag.findMany({
    where: { name: { in: [...names] } },
    select: { id: true, name: true },
  });
}

/** True when another tag has the slug. */
export async function isTagSlugTaken(db: Db, slug: string, exceptId: number | null) {
  const found = await db.tag.findUnique({ where: { slug }, select: { id: true } });
  return found !== null && found.id !== exceptId;
}

/** Writes a new tag; null when another of its name or slug was there first. */
export async function insertTag(
  tx: Db,
  tag: { name: string; slug: string; description?: string },
): Promise<number | null> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO tags (name, slug, description) VALUES (${tag.name}, ${tag.slug}, ${tag.description ?? ''})
    ON CONFLICT DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

/** Changes a tag. */
export function updateTagRow(tx: Db, id: number, columns: TagColumns): Promise<Tag> {
  return tx.tag.update({ where: { id }, data: columns });
}

/** Gives the posts and menu lines of one tag to another and deletes it. */
export async function foldTag(tx: Db, fromId: number, intoId: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO post_tags (post_id, tag_id)
    SELECT post_id, ${intoId}::int FROM post_tags WHERE tag_id = ${fromId}
    ON CONFLICT DO NOTHING`;
  await tx.menuItem.updateMany({ where: { tagId: fromId }, data: { tagId: intoId } });
  await tx.tag.delete({ where: { id: fromId } });
}

/** Deletes a tag. */
export async function removeTag(tx: Db, id: number): Promise<void> {
  await tx.tag.delete({ where: { id } });
}

/** Which tags an admin wants to see. */
export interface TagFilter {
  /** Part of the name. */
  contains?: string;
  /** Last name of the page before, for the next page in the order of names. */
  afterName?: string;
  limit: number;
}

/** Tags by name; a page goes on after the last name of the one before. */
export function listTags(db: Db, filter: TagFilter): Promise<Tag[]> {
  const name: Prisma.StringFilter<'Tag'> = {
    ...(filter.contains ? { contains: filter.contains, mode: 'insensitive' } : {}),
    ...(filter.afterName ? { gt: filter.afterName } : {}),
  };
  return db.tag.findMany({ where: { name }, orderBy: { name: 'asc' }, take: filter.limit });
}

/** The tags with the most posts, in the order of their names. */
export async function listTopTags(db: Db, limit: number) {
  const tags = await db.tag.findMany({
    where: { postCount: { gt: 0 } },
    orderBy: [{ postCount: 'desc' }, { name: 'asc' }],
    take: limit,
    select: { name: true, slug: true, postCount: true },
  });
  return tags.sort((one, other) => one.name.localeCompare(other.name));
}
