import { pictureColumns, type PictureRow } from '#src/media/index.js';
import type { Db, Prisma } from '#src/platform/db.js';

const picture = { select: pictureColumns } as const;

const wholePost = {
  author: { include: { avatar: picture } },
  category: true,
  categories: { include: { category: true }, orderBy: { category: { name: 'asc' } } },
  cover: picture,
  tags: { include: { tag: true }, orderBy: { tag: { name: 'asc' } } },
} as const satisfies Prisma.PostInclude;

/** A post or page with everything that its own page shows. */
export type WholePost = Prisma.PostGetPayload<{ include: typeof wholePost }>;

/** Post or page by its present slug, in whatever status; null when there is none. */
export function findPostBySlug(
  db: Db,
  kind: 'post' | 'page',
  slug: string,
): Promise<WholePost | null> {
  return db.post.findUnique({ where: { kind_slug: { kind, slug } }, include: wholePost });
}

/** What a post is called now that had this slug once; null when none had. */
export async function findPostByOldSlug(db: Db, kind: 'post' | 'page', slug: string) {
  const old = await db.slugHistory.findUnique({
    where: { kind_slug: { kind, slug } },
    include: { post: { select: { slug: true, status: true, publishedAt: true, authorId: true } } },
  });
  return old?.post ?? null;
}

/** Someone who has an author's page; null for unknown and deleted accounts. */
export function findAuthor(db: Db, username: string) {
  return db.user.findFirst({
    where: { username, deletedAt: null },
    include: { avatar: picture },
  });
}

/** The picture of a list's first post; null when there is none. */
export function findCover(db: Db, mediaId: number | null): Promise<PictureRow | null> {
  if (mediaId === null) return Promise.resolve(null);
  return db.media.findUnique({ where: { id: mediaId }, ...picture });
}

/** An author with their picture. */
export type Author = NonNullable<Awaited<ReturnType<typeof findAuthor>>>;
