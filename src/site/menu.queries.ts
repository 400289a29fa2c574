import type { Db, Prisma } from '#src/platform/db.js';

/** Where a menu stands. */
export type MenuLocation = 'main' | 'footer';

/** A line of a menu with what its target is called and where it is now. */
export interface MenuRow {
  id: number;
  location: MenuLocation;
  parentId: number | null;
  label: string;
  url: string | null;
  postId: number | null;
  categoryId: number | null;
  tagId: number | null;
  /** Title or name of the target; null for a line with its own address. */
  targetName: string | null;
  /** Path of the target; null when there is none, or it is not public at `now`. */
  targetPath: string | null;
}

/** Every line of every menu in order, with targets as they are called and visible at `now`. */
export async function findMenuRows(db: Db, now: Date): Promise<MenuRow[]> {
  return db.$queryRaw<MenuRow[]>`
    SELECT m.id, m.location::text AS location, m.parent_id AS "parentId", m.label, m.url,
           m.post_id AS "postId", m.category_id AS "categoryId", m.tag_id AS "tagId",
           coalesce(p.title, c.name, t.name::text) AS "targetName",
           CASE
             WHEN p.kind = 'post' AND p.status IN ('published', 'scheduled') AND p.published_at <= ${now}
               THEN '/posts/' || p.slug
             WHEN p.kind = 'page' AND p.status IN ('published', 'scheduled') AND p.published_at <= ${now}
               THEN '/' || p.slug
             WHEN c.id IS NOT NULL THEN '/categories/' || c.slug
             WHEN t.id IS NOT NULL THEN '/tags/' || t.slug
           END AS "targetPath"
    FROM menu_items m
    LEFT JOIN posts p ON p.id = m.post_id
    LEFT JOIN categories c ON c.id = m.category_id
    LEFT JOIN tags t ON t.id = m.tag_id
    ORDER BY m.location, m.position, m.id`;
}

/** Static pages that the public sees at `now`, by title: the menu of a site without one. */
export async function findMenuPages(db: Db, now: Date): Promise<{ title: string; slug: string }[]> {
  return db.post.findMany({
    where: { kind: 'page', status: { in: ['published', 'scheduled'] }, publishedAt: { lte: now } },
    select: { title: true, slug: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: 8,
  });
}

/** Lets one transaction at a time change menus: each is saved as a whole. Readers do not wait. */
export async function lockMenus(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('billet.menus'))`;
}

/** Takes every line of a menu away. */
export async function deleteMenu(db: Db, location: MenuLocation): Promise<void> {
  await db.menuItem.deleteMany({ where: { location } });
}

/** Adds one line. Returns its id. */
export async function createMenuItem(
  db: Db,
  data: Prisma.MenuItemUncheckedCreateInput,
): Promise<number> {
  const { id } = await db.menuItem.create({ data, select: { id: true } });
  return id;
}
