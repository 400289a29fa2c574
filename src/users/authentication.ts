import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import {
  forgetSessionCookie,
  placeOf,
  sessionMiddleware,
  type SessionDeps,
} from '#src/platform/sessions/index.js';
import { viewerOf, type Viewer } from './viewer.js';

/** A passport that keeps the id in the session and finds the person in what the session read. */
export function createPassport(): passport.Authenticator {
  const authenticator = new passport.Passport();
  authenticator.serializeUser<number, Request>((req, user, done) => {
    req.session.place = placeOf(req);
    done(null, (user as Viewer).id);
  });
  authenticator.deserializeUser<number, Request>((req, _id, done) => {
    const user = req.session.row?.user;
    if (!user) return done(null, false);
    const { id, username, displayName, role } = user;
    done(null, { id, username, displayName, role } satisfies Viewer);
  });
  return authenticator;
}

// Pages for one person, or with a form that must be fresh, are kept by nobody.
const personalPath = /^\/(?:admin|account|login|setup)(?:\/|$)/;

function cacheRules(): RequestHandler {
  return (req, res, next) => {
    const reading = req.method === 'GET' || req.method === 'HEAD';
    const personal = viewerOf(req) !== null || personalPath.test(req.path);
    if (!reading) res.set('Cache-Control', 'no-store');
    else if (personal) res.set('Cache-Control', 'private, no-store');
    else res.set('Cache-Control', 'public, max-age=0, must-revalidate');
    next();
  };
}

function viewerForTemplates(): RequestHandler {
  return (req, res, next) => {
    res.locals.viewer = viewerOf(req);
    next();
  };
}

/**
 * Finds the session and the viewer of a request in one query, and none without a cookie; says who
 * may keep the answer. Suspended and deleted people are logged out.
 */
export function sessions(deps: SessionDeps): RequestHandler[] {
  return [
    ...sessionMiddleware(deps),
    createPassport().session() as RequestHandler,
    viewerForTemplates(),
    cacheRules(),
  ];
}

/** Begins a session for a person, under a new id. */
export function beginSession(req: Request, viewer: Viewer): Promise<void> {
  return new Promise((resolve, reject) => {
    req.logIn(viewer, (error: unknown) => (error ? reject(asError(error)) : resolve()));
  });
}

/** Ends the session of this request, row and cookie. */
export function finishSession(
  req: Request,
  res: Response,
  config: { https: boolean },
): Promise<void> {
  forgetSessionCookie(res, config);
  return new Promise((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(asError(error)) : resolve()));
  });
}

/** What a callback gives as its error, as an Error. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
