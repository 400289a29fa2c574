import { Router, type Request, type RequestHandler } from 'express';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Now } from '#src/platform/clock.js';
import type { Database } from '#src/platform/db.js';
import { TooManyRequestsError } from '#src/platform/errors.js';
import { localPathOr, redirectTo } from '#src/platform/http.js';
import { clientAddress } from '#src/platform/security/index.js';
import { tryParse } from '#src/platform/validate.js';
import { asError, beginSession, createPassport, finishSession } from './authentication.js';
import { createLogIn, type LogIn, type LoginLimits } from './login.js';
import { loginForm } from './schema.js';
import { renderLogin, type LoginPage } from './views.js';
import { hasRole, viewerOf, type Viewer } from './viewer.js';

/** What the log-in pages need. */
export interface LoginRoutesDeps {
  db: Database;
  now: Now;
  config: { https: boolean };
  loginLimits?: LoginLimits;
}

const homeOf = (viewer: Viewer) => (hasRole(viewer, 'author') ? '/admin' : '/');

/** `/login` and `POST /logout`. */
export function loginRoutes(deps: LoginRoutesDeps): Router {
  const router = Router();
  const check = passwordCheck(createLogIn(deps, deps.loginLimits));

  router.get('/login', (req, res) => {
    const viewer = viewerOf(req);
    if (viewer) return redirectTo(res, localPathOr(req.query.returnTo, homeOf(viewer)));
    renderLogin(res, { returnTo: localPathOr(req.query.returnTo, ''), login: '', problems: {} });
  });

  router.post('/login', async (req, res) => {
    const form = tryParse(loginForm, req.body);
    const page = shown(req);
    if (!form.ok) return renderLogin(res, { ...page, problems: form.problems });
    try {
      const viewer = await check(req);
      if (!viewer) return renderLogin(res, { ...page, problems: { _: { key: 'login.wrong' } } });
      await beginSession(req, viewer);
      redirectTo(res, localPathOr(page.returnTo, homeOf(viewer)));
    } catch (error) {
      if (!(error instanceof TooManyRequestsError)) throw error;
      renderLogin(res, { ...page, problems: {}, retryAfter: error.retryAfter });
    }
  });

  router.post('/logout', async (req, res) => {
    await finishSession(req, res, deps.config);
    redirectTo(res, '/');
  });
  return router;
}

// What was typed comes back, the password excepted.
function shown(req: Request): Omit<LoginPage, 'problems'> {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const login = typeof body.login === 'string' ? body.login.slice(0, 254) : '';
  return { login, returnTo: localPathOr(body.returnTo, '') };
}

/** The local strategy of passport around the log-in, as a promise. */
function passwordCheck(logIn: LogIn): (req: Request) => Promise<Viewer | null> {
  const passport = createPassport();
  const fields = {
    usernameField: 'login',
    passwordField: 'password',
    passReqToCallback: true,
  } as const;
  passport.use(
    new LocalStrategy(fields, (req: Request, _login, _password, done) => {
      const form = tryParse(loginForm, req.body);
      if (!form.ok) return done(null, false);
      logIn({ ...form.data, address: clientAddress(req) }).then(
        (viewer) => done(null, viewer ?? false),
        done,
      );
    }),
  );
  return (req) =>
    new Promise((resolve, reject) => {
      const answer = (error: unknown, viewer: Viewer | false | undefined) =>
        error ? reject(asError(error)) : resolve(viewer || null);
      const authenticate = passport.authenticate('local', answer) as RequestHandler;
      void authenticate(req, req.res as never, reject);
    });
}
