import { Router, type Request, type Response } from 'express';
import {
  discardFiles,
  receivedFiles,
  receiveFiles,
  storeUploads,
  type Storage,
} from '#src/media/index.js';
import type { Now } from '#src/platform/clock.js';
import type { Database } from '#src/platform/db.js';
import { InvalidError, UnauthenticatedError, type FieldProblems } from '#src/platform/errors.js';
import { redirectTo } from '#src/platform/http.js';
import { clientAddress, createThrottle } from '#src/platform/security/index.js';
import {
  endSession,
  endSessions,
  hashSessionId,
  listSessions,
} from '#src/platform/sessions/index.js';
import { parse } from '#src/platform/validate.js';
import { asError, beginSession } from './authentication.js';
import { loginLimits, type LoginLimits } from './login.js';
import { changePassword, saveAvatar, saveProfile, type Owner } from './profile.js';
import { getProfile } from './queries.js';
import { sessionForm } from './schema.js';
import { renderAccount } from './views.js';
import { requireRole, viewerOf } from './viewer.js';

/** What a person's own pages need. */
export interface AccountRoutesDeps {
  db: Database;
  now: Now;
  storage: Storage;
  config: { dataDir: string };
  loginLimits?: LoginLimits;
}

function ownerOf(req: Request): Owner {
  const viewer = viewerOf(req);
  if (!viewer) throw new UnauthenticatedError();
  return { viewer, address: clientAddress(req), sessionHash: hashSessionId(req.sessionID) };
}

/** `/account`: one's own profile, picture, password and sessions. */
export function accountRoutes(deps: AccountRoutesDeps): Router {
  const router = Router();
  const { db } = deps;
  const passwords = createThrottle(db, 'password', (deps.loginLimits ?? loginLimits).account);
  router.use('/account', requireRole('reader'));

  router.get('/account', (req, res) => show(deps, req, res, {}));

  router.post('/account', async (req, res) => {
    await orShow(deps, req, res, 'profile', () => saveProfile(db, ownerOf(req), req.body));
  });

  router.post('/account/password', async (req, res) => {
    const owner = ownerOf(req);
    await orShow(deps, req, res, 'password', async () => {
      await passwords.count(String(owner.viewer.id));
      await changePassword(db, owner, req.body);
      await passwords.reset(String(owner.viewer.id));
      await beginSession(req, owner.viewer);
    });
  });

  router.post('/account/sessions/deletion', async (req, res) => {
    const { viewer, sessionHash } = ownerOf(req);
    const { session } = parse(sessionForm, req.body);
    if (session.includes('others')) await endSessions(db, viewer.id, sessionHash);
    for (const handle of session) await endSession(db, viewer.id, handle);
    redirectTo(res, '/account?saved=sessions#sessions');
  });

  const receive = receiveFiles(deps.config.dataDir);
  router.post('/account/picture', requireRole('author'), async (req, res) => {
    await orShow(deps, req, res, 'picture', async () => {
      await new Promise<void>((resolve, reject) => {
        receive(req, res, (error?: unknown) => (error ? reject(asError(error)) : resolve()));
      });
      await takePicture(deps, req);
    });
  });

  router.post('/account/picture/deletion', async (req, res) => {
    await saveAvatar(db, ownerOf(req), null);
    redirectTo(res, '/account?saved=picture#picture');
  });
  return router;
}

async function takePicture(deps: AccountRoutesDeps, req: Request): Promise<void> {
  const owner = ownerOf(req);
  const files = receivedFiles(req);
  try {
    const words = { uploaderId: owner.viewer.id, alts: [owner.viewer.displayName] };
    const { stored, refused } = await storeUploads(deps, files.slice(0, 1), words);
    const [picture] = stored;
    if (!picture) throw refused[0] ?? new InvalidError({ file: { key: 'problems.required' } });
    await saveAvatar(deps.db, owner, picture.id);
  } finally {
    await discardFiles(files);
  }
}

type Part = 'profile' | 'picture' | 'password';

/** Does the work and redirects, or shows the page again with what was typed and what is wrong. */
async function orShow(
  deps: AccountRoutesDeps,
  req: Request,
  res: Response,
  part: Part,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    redirectTo(res, `/account?saved=${part}#${part}`);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    await show(deps, req, res, error.problems);
  }
}

async function show(
  deps: AccountRoutesDeps,
  req: Request,
  res: Response,
  problems: FieldProblems,
): Promise<void> {
  const { viewer, sessionHash } = ownerOf(req);
  const [profile, sessions] = await Promise.all([
    getProfile(deps.db, viewer.id),
    listSessions(deps, viewer.id, sessionHash),
  ]);
  const saved = Object.keys(problems).length > 0 ? null : req.query.saved;
  renderAccount(res, { profile, sessions, typed: req.body, problems, saved });
}
