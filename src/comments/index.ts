/** What is said below a post. */
export { commentRoutes, discussionRenderer } from './routes.js';
