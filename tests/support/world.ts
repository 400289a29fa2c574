import { createCategory, createComment, createMedia, createPost, createTag } from './factories.js';
import type { TestApp } from './app.js';

/** One of everything that an address can name; `owner` wrote and uploaded it. */
export async function createWorld(app: TestApp, owner: { id: number; username: string }) {
  const { db } = app;
  const category = await createCategory(db);
  const tag = await createTag(db);
  const media = await createMedia(db, { uploaderId: owner.id });
  const post = await createPost(db, {
    authorId: owner.id,
    categoryId: category.id,
    tagIds: [tag.id],
  });
  const page = await createPost(db, { authorId: owner.id, kind: 'page' });
  const comment = await createComment(db, { postId: post.id });
  for (const { id, title, slug, body, language, status } of [post, page]) {
    const text = { title, slug, body, language, status, excerpt: '' };
    await db.revision.create({ data: { postId: id, authorId: owner.id, version: 1, ...text } });
  }
  const menuItem = await db.menuItem.create({ data: { label: 'About', url: '/about' } });
  const importRun = await db.importRun.create({
    data: { format: 'wordpress', filename: 'site.xml', state: 'done', userId: owner.id },
  });
  return { category, tag, media, post, page, comment, menuItem, importRun, owner };
}

/** What `createWorld` makes. */
export type World = Awaited<ReturnType<typeof createWorld>>;

/** What the parameter of a route stands for in this world. */
export function parameterOf(world: World, route: string, name: string): string {
  const thing = thingOf(world, route);
  const [folder = '', subfolder = '', file = ''] = world.media.key.split('/');
  const values: Record<string, string> = {
    id: String(thing.id),
    version: '1',
    slug: route.includes('/authors/') ? world.owner.username : thing.slug,
    username: world.owner.username,
    page: world.page.slug,
    year: '2026',
    month: '11',
    file: route.startsWith('/sitemaps/') ? 'posts-1.xml' : file,
    a: folder,
    b: subfolder,
    key: '0190d4a2-7c1e-7000-8000-000000000001',
    location: 'main',
  };
  const value = values[name];
  if (value === undefined)
    throw new Error(`Say in tests/support/world.ts what ":${name}" of ${route} is.`);
  return value;
}

function thingOf(world: World, route: string): { id: number; slug: string } {
  if (route.includes('/media')) return { id: world.media.id, slug: '' };
  if (route.includes('/menu')) return { id: world.menuItem.id, slug: '' };
  if (route.includes('/import')) return { id: world.importRun.id, slug: '' };
  if (route.includes('/pages')) return world.page;
  if (route.includes('/categories')) return world.category;
  if (route.includes('/tags')) return world.tag;
  if (route.includes('/comments')) return { id: world.comment.id, slug: '' };
  if (route.includes('/users')) return { id: world.owner.id, slug: '' };
  return world.post;
}
