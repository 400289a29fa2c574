export { discussionRenderer } from './routes.js';
