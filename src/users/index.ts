export { hasRole, requireRole, sessions, viewerOf } from './viewer.js';
export type { Role, Viewer } from './viewer.js';
