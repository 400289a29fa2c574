import { z } from 'zod';
import type { Db } from '#src/platform/db.js';
import type { ListPage, PageRequest } from '#src/platform/pagination.js';
import { isWellFormed } from '#src/platform/validate.js';
import { flattened, listCategories, treeOf } from '#src/tags/index.js';
import type { Viewer } from '#src/users/index.js';
import {
  countByStatus,
  listAuthors,
  listForAdmin,
  type AdminListItem,
} from './admin-list.queries.js';
import { canChangeAuthor, type PostStatus } from './policy.js';
import { readNeverSaved, type UnsavedLine } from './unsaved.js';

const word = z.string().max(200).refine(isWellFormed).catch('');

/** The filters in the address of a list; what does not fit counts as not given. */
export const listFilters = z.object({
  status: z.enum(['draft', 'scheduled', 'published', 'private', 'trashed']).nullable().catch(null),
  author: word,
  category: word,
  tag: word,
  q: word.transform((value) => value.trim()),
});

/** Filters as read. */
export type ListFilters = z.output<typeof listFilters>;

/** A list with what its filters offer. */
export interface AdminList {
  list: ListPage<AdminListItem>;
  /** Posts by status; `all` leaves the trash out. */
  counts: Record<PostStatus | 'all', number>;
  authors: { username: string; displayName: string }[];
  categories: { slug: string; name: string; depth: number }[];
  /** What the person typed into forms of new posts and never saved. */
  unsaved: UnsavedLine[];
}

/** The posts or pages that a person may see in the admin: their own, or everyone's. */
export async function readAdminList(
  db: Db,
  viewer: Viewer,
  kind: 'post' | 'page',
  filters: ListFilters,
  request: PageRequest,
): Promise<AdminList> {
  const everyone = canChangeAuthor(viewer);
  const authors = everyone ? await listAuthors(db) : [];
  const author = authors.find((person) => person.username === filters.author);
  // An author whom nobody knows has written nothing.
  const chosen = filters.author === '' ? null : (author?.id ?? 0);
  const authorId = everyone ? chosen : viewer.id;
  const [list, byStatus, categories, unsaved] = await Promise.all([
    listForAdmin(
      db,
      { ...filters, kind, authorId, category: filters.category || null, tag: filters.tag || null },
      request,
    ),
    countByStatus(db, kind, everyone ? null : viewer.id),
    kind === 'post' ? listCategories(db) : [],
    readNeverSaved(db, viewer, kind),
  ]);
  const count = (status: PostStatus): number => byStatus.get(status) ?? 0;
  const counts = {
    draft: count('draft'),
    scheduled: count('scheduled'),
    published: count('published'),
    private: count('private'),
    trashed: count('trashed'),
  };
  const all = counts.draft + counts.scheduled + counts.published + counts.private;
  return {
    list,
    counts: { ...counts, all },
    authors,
    categories: flattened(treeOf(categories)),
    unsaved,
  };
}
