/** Tags and categories: their tree, their addresses, and every change to them. */
export { categoryPath, tagPath } from './addresses.js';
export {
  createCategory,
  deleteCategory,
  orderCategories,
  updateCategory,
  type CategoryInput,
} from './categories.js';
export {
  findCategory,
  findCategoryBySlug,
  listCategories,
  listTopCategories,
  type Category,
} from './queries.js';
export {
  findTag,
  findTagBySlug,
  listTags,
  listTopTags,
  type Tag,
  type TagFilter,
} from './tag.queries.js';
export {
  createTag,
  deleteTag,
  findOrCreateTags,
  mergeTag,
  renameTag,
  type TagInput,
} from './tags.js';
export { ancestorsOf, flattened, treeOf, withDescendants } from './tree.js';
export type { Branch, TreeNode } from './tree.js';
