export { applyMigrations, type AppliedMigrations } from './apply.js';
export { migrationStatus, type MigrationStatus } from './status.js';
export { schemaDiff } from './drift.js';
export { MigrationError } from './migration-error.js';
