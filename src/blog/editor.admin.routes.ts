import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { storeImage, type Storage } from '#src/media/index.js';
import type { Database } from '#src/platform/db.js';
import { InvalidError, NotFoundError, UnauthenticatedError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo, wantsJson } from '#src/platform/http.js';
import { preferencesOf } from '#src/platform/preferences.js';
import { rowId, tryParse } from '#src/platform/validate.js';
import { requireRole, viewerOf, type Viewer } from '#src/users/index.js';
import { adminPath, renderPostForm } from './admin.views.js';
import { describeConflict, mergedBody, parkMine } from './conflict.js';
import { getEditablePost, openForm, openNewForm } from './editing.js';
import { formPage, type FormState } from './form-page.js';
import { siteOf } from './frame.js';
import { keepTextWithoutSession } from './kept-text.routes.js';
import { beforeForm, receivePostForm, uploadedCover } from './post-form.routes.js';
import { postForm, typedValues, type PostForm, type PostValues } from './post-form.schema.js';
import { savePost, type SaveOutcome } from './saving.js';
import type { EditablePost } from './saving.queries.js';

/** What the pages that write posts need. */
export interface EditorDeps {
  db: Database;
  storage: Storage;
  now: () => Date;
  config: { baseUrl: string };
}

type Kind = 'post' | 'page';

/** The person behind a request that a role guards. */
export function viewerFrom(req: Request): Viewer {
  const viewer = viewerOf(req);
  if (!viewer) throw new UnauthenticatedError();
  return viewer;
}

/** The id in a path; what is no id names nothing. @throws {NotFoundError} */
export function idFrom(value: unknown): number {
  const id = rowId.safeParse(value);
  if (!id.success) throw new NotFoundError();
  return id.data;
}

function restoreKey(req: Request): string | null {
  const key = z.uuid().safeParse(req.query.restore);
  return key.success ? key.data : null;
}

async function show(deps: EditorDeps, req: Request, res: Response, state: FormState) {
  const { timeZone } = siteOf(res);
  const { locale } = preferencesOf(res);
  renderPostForm(res, await formPage(deps, viewerFrom(req), { timeZone, locale }, state));
}

async function showForm(deps: EditorDeps, kind: Kind, req: Request, res: Response) {
  const viewer = viewerFrom(req);
  const restore = restoreKey(req);
  const opened =
    req.params.id === undefined
      ? await openNewForm(deps.db, viewer, kind, siteOf(res), restore)
      : await openForm(deps.db, viewer, { kind, id: idFrom(req.params.id) }, siteOf(res), restore);
  await show(deps, req, res, { kind, ...opened });
}

/** Takes a cover that came with the form into the library. @throws {InvalidError} at `coverFile`. */
async function coverOf(deps: EditorDeps, req: Request, form: PostForm): Promise<number | null> {
  const upload = uploadedCover(req);
  if (!upload) return form.coverId;
  const uploaderId = viewerFrom(req).id;
  try {
    const { media } = await storeImage(deps, { ...upload, alt: form.coverAlt, uploaderId });
    return media.id;
  } catch (error) {
    const problem = error instanceof InvalidError ? error.problems.file : undefined;
    throw problem ? new InvalidError({ coverFile: problem }) : error;
  }
}

function fieldsOf(req: Request): Record<string, unknown> {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return body.intent === 'publish' ? { ...body, status: 'published' } : body;
}

async function saveForm(deps: EditorDeps, kind: Kind, req: Request, res: Response) {
  const viewer = viewerFrom(req);
  const id = req.params.id === undefined ? null : idFrom(req.params.id);
  const post = id === null ? null : await getEditablePost(deps.db, viewer, { kind, id });
  const { timeZone } = siteOf(res);
  let values: PostValues = typedValues.parse(fieldsOf(req));
  const parsed = tryParse(postForm, fieldsOf(req));
  const key = z.uuid().safeParse(fieldsOf(req).autosaveKey);
  const autosaveKey = key.success ? key.data : null;
  try {
    if (!parsed.ok) throw new InvalidError(parsed.problems);
    const coverId = await coverOf(deps, req, parsed.data);
    values = { ...values, coverId: coverId?.toString() ?? '' };
    const body = await bodyOf(deps, req, id, parsed.data);
    const input = { ...parsed.data, body, coverId, timeZone };
    const outcome = await savePost(deps, viewer, { kind, id }, input);
    if (outcome.outcome === 'saved') {
      answerSaved(kind, outcome, values.title, req, res);
      return;
    }
    await showConflict(deps, kind, req, res, { values, current: outcome.current, autosaveKey });
  } catch (error) {
    if (!(error instanceof InvalidError) || wantsJson(req)) throw error;
    await show(deps, req, res, { kind, post, values, autosaveKey, problems: error.problems });
  }
}

/** The text of a form, or both texts put together where the author asked for that. */
async function bodyOf(
  deps: EditorDeps,
  req: Request,
  id: number | null,
  form: PostForm,
): Promise<string> {
  const base = rowId.safeParse((req.body as Record<string, unknown>).mergedWith);
  if (id === null || !base.success) return form.body;
  return mergedBody(deps.db, id, { base: base.data, theirs: form.version }, form.body);
}

/** 409: both texts, and nothing of either is lost. */
async function showConflict(
  deps: EditorDeps,
  kind: Kind,
  req: Request,
  res: Response,
  both: { values: PostValues; current: EditablePost; autosaveKey: string | null },
): Promise<void> {
  const { values, current } = both;
  const conflict = await describeConflict(deps.db, values, current, siteOf(res).timeZone);
  const mine = { key: both.autosaveKey, values, kind, postId: current.id };
  const autosaveKey = await parkMine(deps, viewerFrom(req), mine);
  const shown = { ...values, version: current.version };
  await show(deps, req, res, { kind, post: current, values: shown, autosaveKey, conflict });
}

type Saved = Extract<SaveOutcome, { outcome: 'saved' }>;

function answerSaved(kind: Kind, saved: Saved, title: string, req: Request, res: Response): void {
  const { post, changed, previousStatus } = saved;
  const href = adminPath(kind, post.id);
  if (wantsJson(req)) {
    res.json({ ...post, changed, href });
    return;
  }
  const news = post.status === previousStatus ? 'saved' : post.status;
  const key = changed ? `flash.${kind}.${news}` : `flash.${kind}.unchanged`;
  setFlash(res, { kind: changed ? 'done' : 'note', key, values: { title: title || '…' } });
  redirectTo(res, href);
}

/** The form of a new and of an existing post or page, and saving it. */
export function editorRoutes(deps: EditorDeps, kind: Kind): Router {
  const router = Router();
  const base = adminPath(kind);
  const role = requireRole(kind === 'page' ? 'editor' : 'author');
  const receive = [beforeForm(role), receivePostForm(), keepTextWithoutSession(), role];
  router.get(`${base}/new`, role, (req, res) => showForm(deps, kind, req, res));
  router.get(`${base}/:id`, role, (req, res) => showForm(deps, kind, req, res));
  router.post(base, receive, (req: Request, res: Response) => saveForm(deps, kind, req, res));
  router.post(`${base}/:id`, receive, (req: Request, res: Response) =>
    saveForm(deps, kind, req, res),
  );
  return router;
}
