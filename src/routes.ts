import type { Express } from 'express';
import type { Context } from './context.js';

/** Mounts every module's routers; the only place where modules are wired to each other. */
export function mountRoutes(_app: Express, _ctx: Context): void {
  // Order matters only for the last one: static pages answer `/:page`.
}
