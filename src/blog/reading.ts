import { NotFoundError } from '#src/platform/errors.js';
import { isWellFormed } from '#src/platform/validate.js';
import type { Database } from '#src/platform/db.js';
import type { Now } from '#src/platform/clock.js';
import type { Viewer } from '#src/users/index.js';
import { ancestorsOf, categoryPath, listCategories } from '#src/tags/index.js';
import { isSpeltDifferently, postPath } from './addresses.js';
import { findNeighbours } from './lists.queries.js';
import { canReadPost, isPublic } from './policy.js';
import { findPostByOldSlug, findPostBySlug, type WholePost } from './queries.js';
import { findRelatedPosts } from './related.queries.js';

/** What reading needs. */
export interface ReadingDeps {
  db: Database;
  now: Now;
}

const RELATED = 3;
const LONGEST_SLUG = 200;

/**
 * A slug from an address.
 * @throws {NotFoundError} for what no slug can be, so that the database need not be asked.
 */
export function slugFrom(value: unknown): string {
  if (typeof value !== 'string' || value.length > LONGEST_SLUG || !isWellFormed(value)) {
    throw new NotFoundError();
  }
  return value;
}

/** How a slug would be written by us: NFC and lower case. */
export function normalSlug(slug: string): string {
  return slug.normalize('NFC').toLowerCase();
}

/** A post or page that may be read here, or the path at which it stands by now. */
export type Found = { post: WholePost } | { movedTo: string };

async function findNow(db: Database, kind: 'post' | 'page', slug: string) {
  const post = await findPostBySlug(db, kind, slug);
  if (post || normalSlug(slug) === slug) return post;
  return findPostBySlug(db, kind, normalSlug(slug));
}

/**
 * Finds what stands at an address: by its slug, by the slug in another spelling, by an old one.
 * Returns null when there is nothing that this person may know of.
 */
export async function findReadable(
  deps: Pick<ReadingDeps, 'db' | 'now'>,
  kind: 'post' | 'page',
  address: { slug: string; rawPath: string },
  viewer: Viewer | null,
): Promise<Found | null> {
  const now = deps.now();
  const post = await findNow(deps.db, kind, address.slug);
  if (post && canReadPost(viewer, post, now)) {
    return isSpeltDifferently(address.rawPath, post.slug) ? { movedTo: postPath(post) } : { post };
  }
  const moved =
    (await findPostByOldSlug(deps.db, kind, address.slug)) ??
    (await findPostByOldSlug(deps.db, kind, normalSlug(address.slug)));
  return moved && canReadPost(viewer, moved, now)
    ? { movedTo: postPath({ kind, slug: moved.slug }) }
    : null;
}

/** The categories above the post's own and that one, as steps to it. */
async function crumbsOf(db: Database, post: WholePost) {
  if (!post.category) return [];
  const all = await listCategories(db);
  return [...ancestorsOf(all, post.category.id), post.category].map((category) => ({
    label: category.name,
    href: categoryPath(category.slug),
  }));
}

/** Everything around a post on its page, except the discussion. */
export async function aroundPost(deps: Pick<ReadingDeps, 'db' | 'now'>, post: WholePost) {
  const now = deps.now();
  const place = { id: post.id, publishedAt: post.publishedAt ?? post.createdAt };
  const [neighbours, related, crumbs] = await Promise.all([
    findNeighbours(deps.db, place, now),
    findRelatedPosts(deps.db, post, now, RELATED),
    crumbsOf(deps.db, post),
  ]);
  return { ...neighbours, related, crumbs, hidden: !isPublic(post, now) };
}
