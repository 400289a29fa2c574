import type { Express } from 'express';
import type { Context } from './context.js';
import { blogRoutes, pageRoutes } from '#src/blog/index.js';
import { discussionRenderer } from '#src/comments/index.js';
import { siteRoutes } from '#src/site/index.js';
import { userRoutes } from '#src/users/index.js';

/** Mounts every module's routers; the only place where modules are wired to each other. */
export function mountRoutes(app: Express, ctx: Context): void {
  app.use(userRoutes(ctx));
  app.use(siteRoutes(ctx));
  const reading = { db: ctx.db, now: ctx.now, renderDiscussion: discussionRenderer(ctx) };
  app.use(blogRoutes(reading));
  // Order matters only for the last one: static pages answer `/:page`.
  app.use(pageRoutes(reading));
}
