import { inTransaction, type Database } from '#src/platform/db.js';
import {
  deleteComments,
  deleteIdlePeople,
  deleteMenuLines,
  deletePosts,
  deleteUnusedCategories,
  deleteUnusedTags,
  forgetDemo,
  hasDemo,
  listDemo,
  untouchedPosts,
} from './queries.js';
import { removePicture } from './service.js';

/** What removing took away, and what stayed because somebody has put something on it. */
export interface DemoRemoved {
  posts: number;
  keptPosts: number;
  /** Categories, tags, accounts and pictures that stayed. */
  keptOthers: number;
}

/**
 * Takes away exactly what the demonstration brought, except what people have built on since: posts
 * that they saved or commented on, and the categories, tags, accounts and pictures that are still
 * used. Null when there is nothing to take away.
 */
export async function removeDemo(deps: { db: Database }): Promise<DemoRemoved | null> {
  const removed = await inTransaction(deps.db, async (tx) => {
    if (!(await hasDemo(tx))) return null;
    const [posts, comments, categories, tags, people, menu, pictures] = [
      await listDemo(tx, 'post'),
      await listDemo(tx, 'comment'),
      await listDemo(tx, 'category'),
      await listDemo(tx, 'tag'),
      await listDemo(tx, 'author'),
      await listDemo(tx, 'menu'),
      await listDemo(tx, 'media'),
    ];
    await deleteMenuLines(tx, menu);
    const gone = await untouchedPosts(tx, posts, comments);
    await deletePosts(tx, gone);
    await deleteComments(tx, comments);
    const others =
      (await deleteUnusedTags(tx, tags)) +
      (await deleteUnusedCategories(tx, categories)) +
      (await deleteIdlePeople(tx, people));
    await forgetDemo(tx);
    return {
      posts: gone.length,
      keptPosts: posts.length - gone.length,
      keptOthers: tags.length + categories.length + people.length - others,
      pictures,
    };
  });
  if (removed === null) return null;
  const { pictures, ...result } = removed;
  for (const id of pictures) if (!(await removePicture(deps.db, id))) result.keptOthers += 1;
  return result;
}
