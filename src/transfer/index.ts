/** Bringing a site in. */
export { ImportFileError } from './import-file-error.js';
export { importWordPress, type ImportResult } from './import.service.js';
export type { ImportProgress } from './importing.types.js';
export { reportLines, sentenceOf } from './report-text.js';
export type { ImportReport } from './report.js';
export { transferJobs } from './jobs.js';
export { transferAdminRoutes } from './admin.routes.js';
export { removeDemo, type DemoRemoved } from './demo/removal.js';
export { fillDemo, type DemoFilled } from './demo/service.js';
