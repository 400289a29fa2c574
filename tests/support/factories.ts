import { hash } from '@node-rs/argon2';
import type { Database } from '#src/platform/db.js';
import type { Prisma } from '#src/generated/prisma/client.js';

/** The password of every user that the factories make with one. */
export const testPassword = 'correct horse battery';

let counter = 0;
let testHash: Promise<string> | undefined;

function next(): number {
  counter += 1;
  return counter;
}

/** A user; with `password` they can log in. */
export async function createUser(
  db: Database,
  input: Partial<Prisma.UserUncheckedCreateInput> & { password?: string } = {},
) {
  const { password, ...fields } = input;
  const n = next();
  testHash ??= hash(testPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const passwordHash =
    password === undefined
      ? null
      : password === testPassword
        ? await testHash
        : await hash(password);
  return db.user.create({
    data: {
      email: `person${n}@example.org`,
      username: `person${n}`,
      displayName: `Person ${n}`,
      emailConfirmedAt: new Date('2026-01-01T00:00:00Z'),
      passwordHash,
      ...fields,
    },
  });
}

/** A post, published an hour before the tests' now unless the input says otherwise. */
export async function createPost(
  db: Database,
  input: Partial<Prisma.PostUncheckedCreateInput> & {
    tagIds?: number[];
    categoryIds?: number[];
  } = {},
) {
  const { tagIds = [], categoryIds = [], ...fields } = input;
  const n = next();
  const authorId =
    fields.authorId === undefined ? (await createUser(db, { role: 'author' })).id : fields.authorId;
  const text = fields.body ?? `The text of post ${n}.`;
  const post = await db.post.create({
    data: {
      title: `Post ${n}`,
      slug: `post-${n}`,
      status: 'published',
      publishedAt: fields.status === 'draft' ? null : new Date('2026-11-21T11:00:00.000Z'),
      html: `<p>${text}</p>`,
      plainText: text,
      autoExcerpt: text.slice(0, 200),
      wordCount: text.split(/\s+/).length,
      readingMinutes: 1,
      rendererVersion: 1,
      ...fields,
      body: text,
      authorId,
    },
  });
  const categories = new Set([...categoryIds, ...(fields.categoryId ? [fields.categoryId] : [])]);
  if (tagIds.length > 0)
    await db.postTag.createMany({ data: tagIds.map((tagId) => ({ postId: post.id, tagId })) });
  if (categories.size > 0)
    await db.postCategory.createMany({
      data: [...categories].map((categoryId) => ({ postId: post.id, categoryId })),
    });
  return db.post.findUniqueOrThrow({ where: { id: post.id } });
}

/** A category. */
export async function createCategory(
  db: Database,
  input: Partial<Prisma.CategoryUncheckedCreateInput> = {},
) {
  const n = next();
  return db.category.create({ data: { name: `Category ${n}`, slug: `category-${n}`, ...input } });
}

/** A tag. */
export async function createTag(db: Database, input: Partial<Prisma.TagUncheckedCreateInput> = {}) {
  const n = next();
  return db.tag.create({ data: { name: `Tag ${n}`, slug: `tag-${n}`, ...input } });
}

/** A row of media without files behind it. */
export async function createMedia(
  db: Database,
  input: Partial<Prisma.MediaUncheckedCreateInput> = {},
) {
  const sha = next().toString(16).padStart(64, '0');
  return db.media.create({
    data: {
      state: 'ready',
      uploadSha256: sha,
      key: `${sha.slice(0, 2)}/${sha.slice(2, 4)}/${sha}.jpg`,
      originalKey: `originals/${sha}`,
      filename: 'picture.jpg',
      mime: 'image/jpeg',
      width: 1200,
      height: 800,
      bytes: 1000,
      ...input,
    },
  });
}

/** An approved comment on a post. */
export async function createComment(
  db: Database,
  input: Partial<Prisma.CommentUncheckedCreateInput> & { postId: number },
) {
  const n = next();
  return db.comment.create({
    data: {
      status: 'approved',
      authorName: `Guest ${n}`,
      body: `Comment ${n}`,
      html: `<p>Comment ${n}</p>`,
      rendererVersion: 1,
      ...input,
    },
  });
}
