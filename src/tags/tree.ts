/** What the tree needs of a category. */
export interface TreeNode {
  id: number;
  parentId: number | null;
}

/** A category with those below it. */
export type Branch<T extends TreeNode> = T & { depth: number; children: Branch<T>[] };

/** Builds the tree of a list in its order. What hangs on a missing parent, or in a circle, becomes a root. */
export function treeOf<T extends TreeNode>(list: readonly T[]): Branch<T>[] {
  const byParent = new Map<number | null, T[]>();
  const known = new Set(list.map((node) => node.id));
  for (const node of list) {
    const key = node.parentId !== null && known.has(node.parentId) ? node.parentId : null;
    byParent.set(key, [...(byParent.get(key) ?? []), node]);
  }
  const seen = new Set<number>();
  const branch = (node: T, depth: number): Branch<T> => {
    seen.add(node.id);
    const below = (byParent.get(node.id) ?? []).filter((child) => !seen.has(child.id));
    return { ...node, depth, children: below.map((child) => branch(child, depth + 1)) };
  };
  const roots = (byParent.get(null) ?? []).map((node) => branch(node, 0));
  for (const node of list) if (!seen.has(node.id)) roots.push(branch(node, 0));
  return roots;
}

/** The tree as a list, each branch before what is below it: for menus and select fields. */
export function flattened<T extends TreeNode>(branches: readonly Branch<T>[]): Branch<T>[] {
  return branches.flatMap((branch) => [branch, ...flattened(branch.children)]);
}

/** Ids of a node and of everything below it. */
export function withDescendants<T extends TreeNode>(list: readonly T[], id: number): number[] {
  const branch = flattened(treeOf(list)).find((node) => node.id === id);
  return branch ? [id, ...flattened(branch.children).map((node) => node.id)] : [];
}

/** The nodes above one, the topmost first, without itself. */
export function ancestorsOf<T extends TreeNode>(list: readonly T[], id: number): T[] {
  const byId = new Map(list.map((node) => [node.id, node]));
  const above: T[] = [];
  const seen = new Set([id]);
  let next = byId.get(id)?.parentId ?? null;
  while (next !== null && !seen.has(next)) {
    const node = byId.get(next);
    if (!node) break;
    seen.add(next);
    above.unshift(node);
    next = node.parentId;
  }
  return above;
}
