import { hasRole, type Viewer } from '#src/users/index.js';

/** A post's status as the database has it. */
export type PostStatus = 'draft' | 'scheduled' | 'published' | 'private' | 'trashed';

/** What decides who may read a post. */
export interface Readable {
  status: PostStatus;
  publishedAt: Date | null;
  authorId: number | null;
}

/** What decides who may change a post or page. */
export interface Editable {
  kind: 'post' | 'page';
  authorId: number | null;
}

/** True when everyone may read it: its date has come, whether or not a job has noticed. */
export function isPublic(post: Pick<Readable, 'status' | 'publishedAt'>, now: Date): boolean {
  return (
    (post.status === 'published' || post.status === 'scheduled') &&
    post.publishedAt !== null &&
    post.publishedAt <= now
  );
}

/** Public posts for everyone; private ones for their author, editors and admins. */
export function canReadPost(viewer: Viewer | null, post: Readable, now: Date): boolean {
  if (isPublic(post, now)) return true;
  if (post.status !== 'private' || viewer === null) return false;
  return post.authorId === viewer.id || hasRole(viewer, 'editor');
}

/** Whether this person may begin a post (`author`) or a page (`editor`). */
export function canCreatePost(viewer: Viewer | null, kind: Editable['kind'] = 'post'): boolean {
  return hasRole(viewer, kind === 'page' ? 'editor' : 'author');
}

/**
 * Editors change everything; authors change their own posts; pages belong to editors. Who may edit a
 * post may also publish, withdraw, trash and delete it.
 */
export function canEditPost(viewer: Viewer | null, post: Editable): boolean {
  const own = post.kind === 'post' && viewer !== null && viewer.id === post.authorId;
  return hasRole(viewer, own ? 'author' : 'editor');
}

/** Only editors say in whose name a post stands, and what is pinned to the top of the home page. */
export function canChangeAuthor(viewer: Viewer | null): boolean {
  return hasRole(viewer, 'editor');
}
