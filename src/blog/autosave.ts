import { z } from 'zod';
import { inTransaction, type Database } from '#src/platform/db.js';
import { ForbiddenError, NotFoundError } from '#src/platform/errors.js';
import { isWellFormed } from '#src/platform/validate.js';
import type { Viewer } from '#src/users/index.js';
import { removeOldAutosaves, upsertAutosave } from './autosave.queries.js';
import { canCreatePost } from './policy.js';
import { getEditablePost } from './editing.js';
import { MAX_BODY_LENGTH } from './post-form.schema.js';

/** Autosaves that one person can have: the oldest go first. */
const MOST = 50;

const field = (max: number) =>
  z.string().max(max).refine(isWellFormed, { error: 'problems.characters' }).optional();

/** What the editor's script sends while somebody writes. */
export const autosaveBody = z.object({
  kind: z.enum(['post', 'page']),
  postId: z.number().int().min(1).max(2_147_483_647).nullable(),
  baseVersion: z.number().int().min(0).max(2_147_483_647),
  fields: z.object({
    title: field(2000),
    slug: field(500),
    body: field(MAX_BODY_LENGTH * 2),
    excerpt: field(10_000),
    categoryId: field(20),
    categoryIds: z.array(z.string().max(20)).max(1000).optional(),
    tags: field(20_000),
    coverId: field(20),
    status: field(20),
    publishedAt: field(40),
    language: field(40),
    commentsOpen: z.boolean().optional(),
    sticky: z.boolean().optional(),
  }),
});

/**
 * Keeps what somebody has typed; the post itself stays as it is.
 * @throws {ForbiddenError} a post that is not theirs, or a key of somebody else.
 * @throws {NotFoundError} the post is gone.
 */
export async function keepAutosave(
  deps: { db: Database; now: () => Date },
  viewer: Viewer,
  key: string,
  input: z.output<typeof autosaveBody>,
): Promise<{ at: Date }> {
  const { kind, postId, baseVersion, fields } = input;
  if (postId === null && !canCreatePost(viewer, kind)) throw new ForbiddenError();
  if (postId !== null) await getEditablePost(deps.db, viewer, { kind, id: postId });
  const at = deps.now();
  await inTransaction(deps.db, async (tx) => {
    const row = { key, userId: viewer.id, postId, kind, baseVersion, fields, at };
    if (!(await upsertAutosave(tx, row))) throw new NotFoundError();
    await removeOldAutosaves(tx, viewer.id, MOST);
  });
  return { at };
}
