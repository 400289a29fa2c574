export { warnOfFewConnections } from './connections.js';
export { healthRoutes } from './health.routes.js';
export { examine, type DoctorDeps } from './doctor.js';
export type { Finding } from './finding.js';
export { opsJobs } from './housekeeping.js';
