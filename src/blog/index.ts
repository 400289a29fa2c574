export { authorPath, postPath } from './addresses.js';
export { blogJobs, enqueueOutdatedRendering, enqueueRerenderOfMedia } from './jobs.js';
export { canReadPost } from './policy.js';
export type { PostStatus } from './policy.js';
export { archiveRoutes } from './archive.routes.js';
export { listRoutes } from './lists.routes.js';
export { pageRoutes } from './pages.routes.js';
export { slugFrom } from './reading.js';
export { searchRoutes } from './search.routes.js';
export { blogRoutes } from './routes.js';
export { blogAdminRoutes } from './admin.routes.js';
export { keepTextOfFailure } from './kept-text.routes.js';
export { renderForStorage, replaceMediaUses, type StoredRendering } from './rendering.js';
export {
  findFeedDetails,
  fingerprintPosts,
  fingerprintSitemapPart,
  listSitemapParts,
  listSitemapRows,
  type SitemapKind,
} from './feed.queries.js';
export { listVisiblePosts, type ListScope, type PostSummary } from './lists.queries.js';
export { findAuthor } from './queries.js';
export { titleOfTyped, type UnsavedLine } from './unsaved.js';
