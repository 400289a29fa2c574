/** Tags and categories: their tree, their addresses, and every change to them. */
export { categoryPath, tagPath } from './addresses.js';
export { createCategory, deleteCategory, orderCategories, updateCategory } from './categories.js';
export { findCategoryBySlug, listCategories, listTopCategories, type Category } from './queries.js';
export { findTagBySlug, listTags, listTopTags, type Tag } from './tag.queries.js';
export { createTag, deleteTag, findOrCreateTags, mergeTag, renameTag } from './tags.js';
export { ancestorsOf, flattened, treeOf, withDescendants } from './tree.js';
export type { Branch } from './tree.js';
export { categoryAdminRoutes } from './categories.admin.routes.js';
export { tagAdminRoutes } from './tags.admin.routes.js';
