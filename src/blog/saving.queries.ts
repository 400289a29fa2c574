import type { Db } from '#src/platform/db.js';
import type { RenderMedia } from '#src/platform/markdown/index.js';

/** The pictures that a text cites, as the renderer takes them. */
export async function renderMedia(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, RenderMedia>> {
  if (ids.length === 0) return new Map();
  const rows = await db.media.findMany({
    where: { id: { in: [...ids] } },
    include: { variants: true },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        src: `/media/${row.key}`,
        width: row.width,
        height: row.height,
        alt: row.alt,
        variants: row.variants.map((variant) => ({
          src: `/media/${variant.key}`,
          width: variant.width,
          type: variant.mime === 'image/webp' ? 'webp' : 'original',
        })),
      },
    ]),
  );
}

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
