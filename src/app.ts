import express, { type Express } from 'express';
import type { Context } from './context.js';
import { compressPages, serveAssets } from '#src/platform/assets/index.js';
import { handleErrors, notFound } from '#src/platform/error-handler.js';
import { preferences } from '#src/platform/preferences.js';
import {
  closeWhileDraining,
  refuseCrossSite,
  refuseListBodies,
  refuseMalformedUrls,
  requestLog,
  securityHeaders,
  withoutTrailingSlash,
} from '#src/platform/security/index.js';
import { movedAddresses, siteFrame } from '#src/site/index.js';
import { sessions } from '#src/users/index.js';
import { keepTextOfFailure } from '#src/blog/index.js';
import { healthRoutes } from '#src/ops/index.js';
import { mediaFileRoutes } from '#src/media/index.js';
import { machineRoutes } from '#src/feeds/index.js';
import { mountRoutes } from './routes.js';

/** Largest form without files, in bytes. */
const FORM_LIMIT = '2mb';

/** The application: middleware in the order in which a request meets it. */
export function createApp(ctx: Context): Express {
  const app = express();
  app.set('trust proxy', ctx.config.trustProxy);
  app.disable('x-powered-by');
  app.disable('etag');
  app.locals.templates = ctx.templates;
  app.locals.asset = ctx.assets.url;

  app.use(requestLog(ctx));
  app.use(closeWhileDraining(ctx));
  app.use(securityHeaders(ctx.config));
  app.use(refuseMalformedUrls());
  app.use(healthRoutes(ctx));
  app.use('/assets', serveAssets(ctx.assets));
  app.use(mediaFileRoutes(ctx));
  app.use(compressPages());
  app.use(withoutTrailingSlash());
  app.use(machineRoutes(ctx));
  app.use(preferences(ctx));
  app.use(refuseCrossSite(ctx.config));
  app.use(sessions(ctx));
  app.use(siteFrame(ctx));
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 2000 }));
  app.use(express.json({ limit: FORM_LIMIT }));
  app.use(refuseListBodies());
  mountRoutes(app, ctx);
  app.use(notFound());
  app.use(movedAddresses(ctx));
  app.use(keepTextOfFailure(ctx));
  app.use(handleErrors(ctx));
  return app;
}
