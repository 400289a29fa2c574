import type { Express } from 'express';
import type { Context } from './context.js';
import { adminRoutes } from '#src/admin/index.js';
import {
  archiveRoutes,
  blogAdminRoutes,
  blogRoutes,
  enqueueRerenderOfMedia,
  listRoutes,
  pageRoutes,
  searchRoutes,
} from '#src/blog/index.js';
import { commentRoutes, discussionRenderer } from '#src/comments/index.js';
import { jobAdminRoutes } from '#src/jobs/index.js';
import { mediaAdminRoutes } from '#src/media/index.js';
import { changeSettings, siteAdminRoutes, siteRoutes } from '#src/site/index.js';
import { transferAdminRoutes } from '#src/transfer/index.js';
import { categoryAdminRoutes, tagAdminRoutes } from '#src/tags/index.js';
import { requireRole, userRoutes, viewerOf } from '#src/users/index.js';

/** Mounts every module's routers; the only place where modules are wired to each other. */
export function mountRoutes(app: Express, ctx: Context): void {
  app.use(
    userRoutes({
      db: ctx.db,
      now: ctx.now,
      config: ctx.config,
      storage: ctx.storage,
      nameSite: changeSettings,
    }),
  );
  app.use(siteRoutes(ctx));
  app.use(adminRoutes(ctx));
  app.use(blogAdminRoutes(ctx));
  app.use(categoryAdminRoutes(ctx));
  app.use(tagAdminRoutes(ctx));
  app.use(siteAdminRoutes(ctx));
  app.use(
    mediaAdminRoutes({
      ...ctx,
      onReady: (tx, mediaId) => enqueueRerenderOfMedia(tx, [mediaId]),
      requireAuthor: requireRole('author'),
      viewerOf,
    }),
  );
  app.use(transferAdminRoutes(ctx));
  app.use(jobAdminRoutes({ db: ctx.db, now: ctx.now, requireAdmin: requireRole('admin') }));
  const reading = { db: ctx.db, now: ctx.now, renderDiscussion: discussionRenderer(ctx) };
  app.use(blogRoutes(reading));
  app.use(listRoutes(ctx));
  app.use(archiveRoutes(ctx));
  app.use(searchRoutes(ctx));
  app.use(commentRoutes(ctx));
  // Order matters only for the last one: static pages answer `/:page`.
  app.use(pageRoutes(reading));
}
