/** Where a comment stands: its thread's head, the comment it answers, and how deep (1 to 3). */
export interface Placed {
  id: number;
  parentId: number | null;
  threadId: number | null;
  depth: number;
}

/** A comment of a file that is to be placed; `id` is the one that it gets here. */
export interface Placeable {
  key: string;
  parentKey: string;
  id: number;
}

const DEEPEST = 3;

/** A comment that is here already, by its key. */
export type KnownComments = ReadonlyMap<string, Placed>;

/** What placing met that is worth telling. */
export interface PlacingNotes {
  missingParent(key: string): void;
  tooDeep(key: string): void;
}

/**
 * Puts comments into threads of at most three levels: a deeper reply stands on the third, under the
 * same second-level comment. A parent that is missing, or its own answer, makes a new thread. Parents
 * come before their replies.
 */
export function placeComments(
  comments: readonly Placeable[],
  known: KnownComments,
  notes: PlacingNotes,
): Placed[] {
  const byKey = new Map(comments.map((comment) => [comment.key, comment]));
  const placed = new Map<string, Placed>(known);
  const result: Placed[] = [];

  function place(first: Placeable): void {
    const waiting: Placeable[] = [];
    const seen = new Set<string>();
    // Upwards to the first ancestor that is placed, missing, or met before (a circle).
    for (
      let next: Placeable | undefined = first;
      next !== undefined && !placed.has(next.key) && !seen.has(next.key);
      next = byKey.get(next.parentKey)
    ) {
      waiting.push(next);
      seen.add(next.key);
    }
    for (const comment of waiting.reverse()) {
      const position = positionOf(comment, placed.get(comment.parentKey));
      placed.set(comment.key, position);
      result.push(position);
    }
  }

  function positionOf({ id, key, parentKey }: Placeable, parent: Placed | undefined): Placed {
    if (parent === undefined || parent.id === id) {
      if (parentKey !== '' && parentKey !== '0') notes.missingParent(key);
      return { id, parentId: null, threadId: null, depth: 1 };
    }
    const threadId = parent.threadId ?? parent.id;
    if (parent.depth < DEEPEST)
      return { id, parentId: parent.id, threadId, depth: parent.depth + 1 };
    notes.tooDeep(key);
    return { id, parentId: parent.parentId, threadId, depth: DEEPEST };
  }

  for (const comment of comments) if (!placed.has(comment.key)) place(comment);
  return result;
}
