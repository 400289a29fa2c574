import type { Db, Prisma } from '#src/platform/db.js';
import { listPage, type ListPage, type PageRequest } from '#src/platform/pagination.js';

const withVariants = {
  variants: { orderBy: [{ width: 'asc' }, { mime: 'asc' }] },
} satisfies Prisma.MediaInclude;

/** A picture of the library with its smaller copies, narrowest first. */
export type Media = Prisma.MediaGetPayload<{ include: typeof withVariants }>;

/** What is known of a picture when it is stored. */
type NewMedia = Omit<Prisma.MediaCreateManyInput, 'id' | 'state' | 'createdAt' | 'updatedAt'>;

/** What a query of another module selects of a cover or an avatar, for `pictureOf`. */
export const pictureColumns = {
  id: true,
  key: true,
  mime: true,
  width: true,
  height: true,
  alt: true,
  color: true,
  variants: { select: { key: true, width: true, height: true, mime: true }, orderBy: { width: 'asc' } },
} as const satisfies Prisma.MediaSelect;

/** The columns of a picture that showing it takes; variants narrowest first. */
export type PictureRow = Prisma.MediaGetPayload<{ select: typeof pictureColumns }>;

/** A picture by its id, or null. */
export function findMedia(db: Db, id: number): Promise<Media | null> {
  return db.media.findUnique({ where: { id }, include: withVariants });
}

/** The picture that these bytes (SHA-256 of the upload) became, or null. */
export function findMediaByUpload(db: Db, uploadSha256: string): Promise<Media | null> {
  return db.media.findUnique({ where: { uploadSha256 }, include: withVariants });
}

/** Those of these pictures that exist. */
export function findPictureRows(db: Db, ids: readonly number[]): Promise<PictureRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.media.findMany({ where: { id: { in: [...ids] } }, select: pictureColumns });
}

/** Adds a picture; null when another upload of the same bytes was there first (and has committed). */
export async function insertMedia(tx: Db, data: NewMedia, now: Date): Promise<number | null> {
  const [row] = await tx.media.createManyAndReturn({
    data: { ...data, state: 'processing', createdAt: now, updatedAt: now },
    skipDuplicates: true,
    select: { id: true },
  });
  return row?.id ?? null;
}

/** Starts a picture anew whose files were lost or damaged: same row, files as just written. */
export async function restartMedia(
  tx: Db,
  id: number,
  files: Pick<NewMedia, 'key' | 'originalKey' | 'mime' | 'width' | 'height' | 'bytes' | 'color'>,
): Promise<void> {
  await tx.mediaVariant.deleteMany({ where: { mediaId: id } });
  await tx.media.update({ where: { id }, data: { ...files, state: 'processing', error: null } });
}

/** A smaller copy. */
export type NewVariant = Omit<Prisma.MediaVariantCreateManyInput, 'mediaId'>;

/** Puts these copies in the place of those there are; false when the picture is gone. */
export async function finishMedia(tx: Db, id: number, variants: NewVariant[]): Promise<boolean> {
  const { count } = await tx.media.updateMany({
    where: { id },
    data: { state: 'ready', error: null },
  });
  if (count === 0) return false;
  await tx.mediaVariant.deleteMany({ where: { mediaId: id } });
  await tx.mediaVariant.createMany({
    data: variants.map((variant) => ({ ...variant, mediaId: id })),
  });
  return true;
}

/** Notes why a picture's copies could not be made. */
export async function failMedia(db: Db, id: number, error: string): Promise<void> {
  await db.media.updateMany({ where: { id }, data: { state: 'failed', error } });
}

/** Writes the words of a picture; false when it is gone. */
export async function updateMediaWords(
  db: Db,
  id: number,
  words: { alt: string; caption: string },
): Promise<boolean> {
  const { count } = await db.media.updateMany({ where: { id }, data: words });
  return count > 0;
}

/** Which pictures a list shows. */
interface MediaFilter {
  /** Only uploads of this person. */
  uploaderId?: number;
  /** Part of the file's name or of the alt text, in any case. */
  search?: string;
}

/** One page of pictures, newest first. */
export async function listMedia(
  db: Db,
  filter: MediaFilter,
  request: PageRequest,
): Promise<ListPage<Media>> {
  const { before, after } = request;
  const rows = await db.media.findMany({
    where: {
      uploaderId: filter.uploaderId,
      AND: [
        filter.search ? { OR: matching(filter.search) } : {},
        before
          ? { OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, id: { lt: before.id } }] }
          : {},
        after
          ? { OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] }
          : {},
      ],
    },
    orderBy: after ? [{ createdAt: 'asc' }, { id: 'asc' }] : [{ createdAt: 'desc' }, { id: 'desc' }],
    take: request.limit + 1,
    include: withVariants,
  });
  return listPage(rows, request, (row) => ({ at: row.createdAt, id: row.id }));
}

function matching(search: string): Prisma.MediaWhereInput[] {
  const contains = search.replace(/[\\%_]/g, '\\$&');
  return [
    { filename: { contains, mode: 'insensitive' } },
    { alt: { contains, mode: 'insensitive' } },
  ];
}

const usingPost = {
  id: true,
  title: true,
  kind: true,
  status: true,
  slug: true,
  authorId: true,
  publishedAt: true,
} as const;

/** A post or page that shows a picture. */
export type UsingPost = Prisma.PostGetPayload<{ select: typeof usingPost }>;

/** Everything that shows a picture. */
export interface MediaUses {
  texts: UsingPost[];
  covers: UsingPost[];
  avatars: { id: number; username: string; displayName: string }[];
}

/** Where a picture is used. */
export async function findMediaUses(db: Db, id: number): Promise<MediaUses> {
  const orderBy = { id: 'desc' } as const;
  const texts = await db.post.findMany({
    where: { mediaUses: { some: { mediaId: id } } },
    select: usingPost,
    orderBy,
  });
  const covers = await db.post.findMany({ where: { coverId: id }, select: usingPost, orderBy });
  const avatars = await db.user.findMany({
    where: { avatarId: id },
    select: { id: true, username: true, displayName: true },
    orderBy: { id: 'asc' },
  });
  return { texts, covers, avatars };
}

/** The name of whoever uploaded a picture; null for nobody's. */
export async function findUploaderName(
  db: Db,
  media: { uploaderId: number | null },
): Promise<string | null> {
  if (media.uploaderId === null) return null;
  const user = await db.user.findUnique({
    where: { id: media.uploaderId },
    select: { displayName: true },
  });
  return user?.displayName ?? null;
}

/** Locks a picture's row until the transaction ends: nothing can begin to use it meanwhile. */
export async function lockMedia(tx: Db, id: number): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM media WHERE id = ${id} FOR UPDATE`;
}

/** Deletes a picture's row, its variants with it. */
export async function deleteMediaRow(tx: Db, id: number): Promise<void> {
  await tx.media.delete({ where: { id } });
}

// Any number; it is the name of a lock between those who write files and those who remove them.
const FILES_LOCK = 7_306_081;

/**
 * Holds off the removal of files until the transaction ends. Two pictures can share a file, so a file
 * that one is about to use must not go because the other was deleted.
 */
export async function keepFiles(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${FILES_LOCK}::bigint)`;
}

/** Holds off everybody who is about to use a file, until the transaction ends. */
export async function lockFiles(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FILES_LOCK}::bigint)`;
}

/** Those of these keys that a picture still uses. */
export async function keysInUse(tx: Db, keys: string[]): Promise<Set<string>> {
  const wanted = { in: keys };
  const whole = await tx.media.findMany({
    where: { OR: [{ key: wanted }, { originalKey: wanted }] },
    select: { key: true, originalKey: true },
  });
  const variants = await tx.mediaVariant.findMany({
    where: { key: wanted },
    select: { key: true },
    distinct: ['key'],
  });
  return new Set([...whole.flatMap((row) => [row.key, row.originalKey]), ...variants.map((row) => row.key)]);
}
