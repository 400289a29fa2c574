import { inTransaction, type Db } from '#src/platform/db.js';
import { ConflictError, InvalidError, NotFoundError } from '#src/platform/errors.js';
import { slugOf, uniqueSlug } from '#src/platform/slug.js';
import { tagPath } from './addresses.js';
import { movePage } from './moves.js';
import {
  findTag,
  findTagsByName,
  foldTag,
  insertTag,
  isTagSlugTaken,
  lockTags,
  removeTag,
  updateTagRow,
  type Tag,
} from './tag.queries.js';

/** What a form says of a tag; an empty slug is made from the name. */
export interface TagInput {
  name: string;
  slug?: string;
  description?: string;
}

const TRIES = 3;

/** One tag's name as stored: single spaces, no comma (which separates tags in a form). */
function cleanName(name: string): string {
  return name.replace(/,/g, ' ').replace(/\s+/g, ' ').trim();
}

async function getTag(tx: Db, id: number): Promise<Tag> {
  const tag = await findTag(tx, id);
  if (!tag) throw new NotFoundError();
  return tag;
}

async function slugFor(tx: Db, input: TagInput, id: number | null): Promise<string> {
  const wished = slugOf(input.slug ?? '');
  if (wished !== '') {
    if (await isTagSlugTaken(tx, wished, id)) {
      throw new InvalidError({ slug: { key: 'problems.slugTaken' } });
    }
    return wished;
  }
  return uniqueSlug(slugOf(input.name) || 'tag', (slug) => isTagSlugTaken(tx, slug, id));
}

async function nameFor(tx: Db, input: TagInput, id: number | null): Promise<string> {
  const name = cleanName(input.name);
  if (name === '') throw new InvalidError({ name: { key: 'problems.required' } });
  const others = await findTagsByName(tx, [name]);
  if (others.some((tag) => tag.id !== id)) {
    throw new InvalidError({ name: { key: 'problems.tagTaken' } });
  }
  return name;
}

/**
 * Makes a tag.
 * @throws {InvalidError} no name, or a name or slug that is taken.
 */
export function createTag(db: Db, input: TagInput): Promise<Tag> {
  return inTransaction(db, async (tx) => {
    const name = await nameFor(tx, input, null);
    const slug = await slugFor(tx, input, null);
    const id = await insertTag(tx, { name, slug, description: input.description?.trim() });
    if (id === null) throw new ConflictError('This tag has just been made by somebody else.');
    return getTag(tx, id);
  });
}

/**
 * Changes a tag's name, slug and description. A new slug leaves a redirect at the old address.
 * @throws {NotFoundError} no such tag. @throws {InvalidError} as createTag.
 */
export function renameTag(db: Db, id: number, input: TagInput): Promise<Tag> {
  return inTransaction(db, async (tx) => {
    await lockTags(tx, [id]);
    const before = await getTag(tx, id);
    const name = await nameFor(tx, input, id);
    const slug = await slugFor(tx, input, id);
    const description = input.description?.trim() ?? before.description;
    const after = await updateTagRow(tx, id, { name, slug, description });
    await movePage(tx, tagPath(before.slug), tagPath(after.slug));
    return after;
  });
}

/**
 * Folds one tag into another: its posts, menu lines and readers go there, and it is gone.
 * @throws {NotFoundError} when one of them does not exist. @throws {InvalidError} into itself.
 */
export function mergeTag(db: Db, id: number, intoId: number): Promise<Tag> {
  if (id === intoId) throw new InvalidError({ intoId: { key: 'problems.tagItself' } });
  return inTransaction(db, async (tx) => {
    await lockTags(tx, [id, intoId]);
    const from = await getTag(tx, id);
    const into = await getTag(tx, intoId);
    await foldTag(tx, id, intoId);
    await movePage(tx, tagPath(from.slug), tagPath(into.slug));
    return getTag(tx, intoId);
  });
}

/**
 * Deletes a tag; its posts lose it.
 * @throws {NotFoundError} no such tag.
 */
export function deleteTag(db: Db, id: number): Promise<Tag> {
  return inTransaction(db, async (tx) => {
    await lockTags(tx, [id]);
    const tag = await getTag(tx, id);
    await removeTag(tx, id);
    return tag;
  });
}

async function createForName(tx: Db, name: string): Promise<number> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const slug = await slugFor(tx, { name }, null);
    const id = await insertTag(tx, { name, slug });
    if (id !== null) return id;
    // Somebody made it, or took the slug, in the meantime.
    const [found] = await findTagsByName(tx, [name]);
    if (found) return found.id;
  }
  throw new ConflictError();
}

/**
 * Ids of the tags with these names, in their order, each once whatever its case; what does not exist
 * is made. Empty names are left out.
 */
export async function findOrCreateTags(tx: Db, names: readonly string[]): Promise<number[]> {
  const wanted = new Map<string, string>();
  for (const name of names.map(cleanName)) {
    if (name !== '' && !wanted.has(name.toLowerCase())) wanted.set(name.toLowerCase(), name);
  }
  if (wanted.size === 0) return [];
  const found = await findTagsByName(tx, [...wanted.values()]);
  const ids = new Map(found.map((tag) => [tag.name.toLowerCase(), tag.id]));
  // In one order for all, so that two who make the same tags wait for each other and do not lock up.
  for (const [key, name] of [...wanted].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!ids.has(key)) ids.set(key, await createForName(tx, name));
  }
  return [
    ...new Set([...wanted.keys()].map((key) => ids.get(key)).filter((id) => id !== undefined)),
  ];
}
