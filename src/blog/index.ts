export { authorPath, monthPath, postPath } from './addresses.js';
export { blogJobs, enqueueRerenderOfMedia } from './jobs.js';
export {
  canChangeAuthor,
  canCreatePost,
  canEditPost,
  canPublishPost,
  canReadPost,
  canTrashPost,
  isPublic,
} from './policy.js';
export type { Editable, PostStatus, Readable } from './policy.js';
export { archiveRoutes } from './archive.routes.js';
export { listRoutes } from './lists.routes.js';
export { displayTitle } from './presenters.js';
export { pageRoutes } from './pages.routes.js';
export { aroundPost, findReadable, slugFrom } from './reading.js';
export { searchRoutes } from './search.routes.js';
export { blogRoutes } from './routes.js';
export type { RenderDiscussion } from './routes.js';
export { renderPostPage, renderStaticPage } from './views.js';
export type { PostPage } from './views.js';
export { blogAdminRoutes } from './admin.routes.js';
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
