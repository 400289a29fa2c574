import type { Db } from '#src/platform/db.js';
import { pictureColumns } from '#src/media/index.js';

/** The newest pictures, of one person or of all: what a form offers as cover. */
export function listRecentPictures(db: Db, uploaderId: number | undefined, limit: number) {
  return db.media.findMany({
    where: { uploaderId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { ...pictureColumns, filename: true },
  });
}

/** One picture as the form shows it, or null. */
export function findFormPicture(db: Db, id: number) {
  return db.media.findUnique({ where: { id }, select: { ...pictureColumns, filename: true } });
}
