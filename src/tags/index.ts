export { categoryPath, tagPath } from './addresses.js';
export { findCategoryBySlug, findTagBySlug, listCategories, listTopCategories } from './queries.js';
export type { Category } from './queries.js';
export { ancestorsOf, flattened, treeOf, withDescendants } from './tree.js';
export type { Branch, TreeNode } from './tree.js';
