import { parseCookie } from 'cookie';
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import type { Now } from '#src/platform/clock.js';
import type { Db } from '#src/platform/db.js';
import { clientAddress } from '#src/platform/security/network.js';
import { noteSessionUse, type SessionPlace } from './queries.js';
import { hashSessionId, SESSION_LIFETIME, SessionStore } from './store.js';

/** What sessions need of the context. */
export interface SessionDeps {
  db: Db;
  now: Now;
  sessionSecret: string;
  config: { https: boolean };
}

/** The last use is written at most this often, in milliseconds. */
const USE_INTERVAL = 60_000;
const LONGEST_AGENT = 400;

/** Name of the session's cookie: bound to this host and to https (RFC 6265bis, 4.1.3.2) where there is https. */
export function sessionCookieName(config: { https: boolean }): string {
  return config.https ? '__Host-sid' : 'sid';
}

function cookieOptions(config: { https: boolean }) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: config.https } as const;
}

/** Where a request comes from, as a session remembers it. */
export function placeOf(req: Request): SessionPlace {
  const agent = req.get('user-agent')?.slice(0, LONGEST_AGENT) ?? null;
  return { address: clientAddress(req), agent };
}

/** Tells the browser to forget its session. */
export function forgetSessionCookie(res: Response, config: { https: boolean }): void {
  res.clearCookie(sessionCookieName(config), cookieOptions(config) satisfies CookieOptions);
}

/** express-session on PostgreSQL: nothing is read without a cookie, nothing written without a log-in. */
export function sessionMiddleware(deps: SessionDeps): RequestHandler[] {
  const cookie = { ...cookieOptions(deps.config), maxAge: SESSION_LIFETIME };
  const name = sessionCookieName(deps.config);
  const load = session({
    name,
    secret: deps.sessionSecret,
    store: new SessionStore(deps, cookie),
    cookie,
    resave: false,
    saveUninitialized: false,
    rolling: true,
  });
  return [trustBaseUrl(deps.config), load, noteUse(deps), forgetStale(deps.config, name)];
}

// express-session withholds a Secure cookie unless the request shows https, which a proxy that is
// not in TRUST_PROXY cannot show. BASE_URL says https, and a browser refuses the cookie otherwise.
function trustBaseUrl(config: { https: boolean }): RequestHandler {
  return (req, _res, next) => {
    if (config.https) Object.defineProperty(req, 'secure', { value: true, configurable: true });
    next();
  };
}

function noteUse(deps: SessionDeps): RequestHandler {
  return async (req, _res, next) => {
    const row = req.session.row;
    const now = deps.now();
    if (row && now.getTime() - row.lastUsedAt.getTime() >= USE_INTERVAL) {
      const expiresAt = new Date(now.getTime() + SESSION_LIFETIME);
      const use = { ...placeOf(req), lastUsedAt: now, expiresAt };
      await noteSessionUse(deps.db, hashSessionId(req.sessionID), use);
    }
    next();
  };
}

// A cookie without a session behind it would keep its reader out of every shared cache.
function forgetStale(config: { https: boolean }, name: string): RequestHandler {
  return (req, res, next) => {
    const sent = parseCookie(req.headers.cookie ?? '')[name];
    if (sent !== undefined && !req.session.row) forgetSessionCookie(res, config);
    next();
  };
}
