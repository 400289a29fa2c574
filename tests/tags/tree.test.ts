import { describe, expect, it } from 'vitest';
import { ancestorsOf, flattened, treeOf, withDescendants } from '#src/tags/index.js';

const node = (id: number, parentId: number | null) => ({ id, parentId });
const list = [node(1, null), node(2, 1), node(3, 2), node(4, 1), node(5, null)];

describe('the tree of categories', () => {
  it('keeps order and depth', () => {
    const flat = flattened(treeOf(list)).map(({ id, depth }) => [id, depth]);
    expect(flat).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
      [5, 0],
    ]);
  });

  it('knows what is above and below', () => {
    expect(withDescendants(list, 1)).toEqual([1, 2, 3, 4]);
    expect(withDescendants(list, 9)).toEqual([]);
    expect(ancestorsOf(list, 3).map(({ id }) => id)).toEqual([1, 2]);
    expect(ancestorsOf(list, 1)).toEqual([]);
  });

  it('ends for circles and missing parents, and loses nobody', () => {
    const broken = [node(1, 2), node(2, 1), node(3, 99)];
    expect(
      flattened(treeOf(broken))
        .map(({ id }) => id)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(ancestorsOf(broken, 1).map(({ id }) => id)).toEqual([2]);
    expect(withDescendants(broken, 1).sort()).toEqual([1, 2]);
  });
});
