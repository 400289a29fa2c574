import { renderMedia } from '#src/media/index.js';
import type { Db } from '#src/platform/db.js';
import {
  mediaIdsIn,
  renderPost,
  type RenderedPost,
  type TocEntry,
} from '#src/platform/markdown/index.js';

export { replaceMediaUses } from './saving.queries.js';

/** What a post's row keeps of one rendering, and which pictures its text cites. */
export interface StoredRendering {
  /** Sanitised HTML, as `renderPost` made it. */
  html: string;
  toc: TocEntry[];
  plainText: string;
  autoExcerpt: string;
  wordCount: number;
  readingMinutes: number;
  rendererVersion: number;
  /** Ids of the pictures that the text cites and that exist, ascending. */
  mediaIds: number[];
}

/** Renders Markdown with the pictures that it cites; `baseUrl` is the site's own origin. */
export async function renderBody(
  db: Db,
  source: { body: string; baseUrl: string },
): Promise<{ rendered: RenderedPost; mediaIds: number[] }> {
  const media = await renderMedia(db, mediaIdsIn(source.body, source.baseUrl));
  const rendered = renderPost(source.body, {
    baseUrl: source.baseUrl,
    media: (id) => media.get(id),
  });
  return { rendered, mediaIds: rendered.mediaIds.filter((id) => media.has(id)) };
}

/** Renders Markdown for the row of a post: what the save, the import and the re-render job store. */
export async function renderForStorage(
  db: Db,
  source: { body: string; baseUrl: string },
): Promise<StoredRendering> {
  const { rendered, mediaIds } = await renderBody(db, source);
  return {
    html: rendered.html,
    toc: rendered.toc,
    plainText: rendered.text,
    autoExcerpt: rendered.excerpt,
    wordCount: rendered.wordCount,
    readingMinutes: rendered.readingMinutes,
    rendererVersion: rendered.rendererVersion,
    mediaIds,
  };
}
