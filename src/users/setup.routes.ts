import { Router, type Request } from 'express';
import type { Now } from '#src/platform/clock.js';
import type { Database } from '#src/platform/db.js';
import { ConflictError, InvalidError, NotFoundError } from '#src/platform/errors.js';
import { redirectTo } from '#src/platform/http.js';
import { clientAddress } from '#src/platform/security/index.js';
import { tryParse } from '#src/platform/validate.js';
import { beginSession } from './authentication.js';
import { setupForm } from './schema.js';
import { completeSetup, setupState, type NameSite } from './setup.js';
import { renderSetup } from './views.js';

/** What the set-up page needs. */
export interface SetupRoutesDeps {
  db: Database;
  now: Now;
  nameSite?: NameSite;
}

const shownFields = ['email', 'username', 'displayName', 'siteTitle', 'siteLanguage'];

// Wrong types are shown as nothing; the password never comes back.
function typedValues(req: Request): Record<string, string> {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const entries = shownFields.map((name) => [name, body[name]] as const);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
}

const tokenIn = (source: unknown): string => {
  const token = (source as { token?: unknown } | undefined)?.token;
  return typeof token === 'string' ? token.slice(0, 200) : '';
};

/** `/setup?token=…`: makes the first admin, once. */
export function setupRoutes(deps: SetupRoutesDeps): Router {
  const router = Router();

  router.get('/setup', async (req, res) => {
    const token = tokenIn(req.query);
    const state = await setupState(deps, token);
    renderSetup(res, { state, token, values: {}, problems: {} });
  });

  router.post('/setup', async (req, res) => {
    const token = tokenIn(req.body);
    const state = await setupState(deps, token);
    const page = { state, token, values: typedValues(req), problems: {} };
    if (state !== 'open') return renderSetup(res, page);
    const form = tryParse(setupForm, req.body);
    if (!form.ok) return renderSetup(res, { ...page, problems: form.problems });
    try {
      const viewer = await completeSetup(deps, form.data, clientAddress(req));
      await beginSession(req, viewer);
      redirectTo(res, '/admin');
    } catch (error) {
      if (error instanceof InvalidError) renderSetup(res, { ...page, problems: error.problems });
      else if (error instanceof ConflictError) renderSetup(res, { ...page, state: 'done' });
      else if (error instanceof NotFoundError) renderSetup(res, { ...page, state: 'wrong-link' });
      else throw error;
    }
  });
  return router;
}
