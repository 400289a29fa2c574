import { pictureOf, type Picture } from '#src/media/index.js';
import type { Db } from '#src/platform/db.js';
import { flattened, listCategories, treeOf } from '#src/tags/index.js';
import type { Viewer } from '#src/users/index.js';
import { findFormPicture, listRecentPictures } from './admin.queries.js';
import { canChangeAuthor } from './policy.js';
import type { PostValues } from './post-form.schema.js';
import type { EditablePost } from './saving.queries.js';
import { localTimeOf } from './zoned-time.js';

const RECENT_PICTURES = 12;

/** A picture that the form offers as cover. */
export interface CoverChoice {
  id: number;
  name: string;
  picture: Picture;
}

/** What the form offers beside its fields. */
export interface FormChoices {
  categories: { id: number; name: string; depth: number }[];
  covers: CoverChoice[];
}

/** The fields of a new post or page. */
export function emptyValues(site: { language: string }, kind: 'post' | 'page'): PostValues {
  return {
    title: '',
    slug: '',
    body: '',
    excerpt: '',
    categoryId: '',
    categoryIds: [],
    tags: '',
    coverId: '',
    coverAlt: '',
    status: 'draft',
    publishedAt: '',
    language: site.language,
    commentsOpen: kind === 'post',
    sticky: false,
    version: 0,
  };
}

/** The fields of a post as it is stored; its date in the site's time zone. */
export function valuesOf(post: EditablePost, timeZone: string): PostValues {
  return {
    title: post.title,
    slug: post.slug,
    body: post.body,
    excerpt: post.excerpt,
    categoryId: post.categoryId?.toString() ?? '',
    categoryIds: post.categories
      .filter((row) => row.categoryId !== post.categoryId)
      .map((row) => String(row.categoryId)),
    tags: post.tags.map((row) => row.tag.name).join(', '),
    coverId: post.coverId?.toString() ?? '',
    coverAlt: '',
    status: post.status === 'trashed' ? (post.trashedFrom ?? 'draft') : post.status,
    publishedAt: post.publishedAt ? localTimeOf(post.publishedAt, timeZone) : '',
    language: post.language,
    commentsOpen: post.commentsOpen,
    sticky: post.sticky,
    version: post.version,
  };
}

/** Categories as a tree's list, and the pictures that a cover may be chosen from. */
export async function formChoices(db: Db, viewer: Viewer, coverId: string): Promise<FormChoices> {
  const uploaderId = canChangeAuthor(viewer) ? undefined : viewer.id;
  const [categories, recent] = await Promise.all([
    listCategories(db),
    listRecentPictures(db, uploaderId, RECENT_PICTURES),
  ]);
  const chosen = /^\d{1,9}$/.test(coverId) ? Number(coverId) : null;
  const known = recent.some((row) => row.id === chosen);
  const cover = chosen === null || known ? null : await findFormPicture(db, chosen);
  return {
    categories: flattened(treeOf(categories)).map(({ id, name, depth }) => ({ id, name, depth })),
    covers: [...(cover ? [cover] : []), ...recent].map((row) => ({
      id: row.id,
      name: row.alt || row.filename,
      picture: pictureOf(row),
    })),
  };
}
