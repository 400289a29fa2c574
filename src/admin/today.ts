import { titleOfTyped, type UnsavedLine } from '#src/blog/index.js';
import type { Db } from '#src/platform/db.js';
import { hasRole, type Role, type Viewer } from '#src/users/index.js';
import {
  countTroubles,
  isEmptySite,
  listDrafts,
  listPublished,
  listScheduled,
  listUnsaved,
} from './queries.js';

/** Everything on the first page of the admin. */
export type Today = Awaited<ReturnType<typeof readToday>>;

/** Reads the first page: an author sees their own posts, editors everyone's. Drafts are one's own. */
export async function readToday(db: Db, viewer: Viewer, now: Date) {
  const may = (role: Role): boolean => hasRole(viewer, role);
  const isEditor = may('editor');
  const whose = isEditor ? undefined : viewer.id;
  const [empty, drafts, scheduled, published, unsaved, troubles] = await Promise.all([
    isEmptySite(db),
    listDrafts(db, viewer.id),
    listScheduled(db, whose, now),
    listPublished(db, whose, now),
    listUnsaved(db, viewer.id),
    countTroubles(db),
  ]);
  return {
    empty,
    drafts,
    scheduled,
    published,
    unsaved: unsaved.map((row): UnsavedLine => {
      const base = `/admin/${row.kind}s`;
      const form = row.postId === null ? `${base}/new` : `${base}/${row.postId}`;
      return {
        href: `${form}?restore=${row.key}`,
        title: titleOfTyped(row.fields) || row.post?.title || '',
        at: row.updatedAt,
      };
    }),
    troubles: isEditor ? troubles : { pictures: 0, importsRunning: 0 },
    mayImport: may('admin'),
    showsAuthors: isEditor,
  };
}
