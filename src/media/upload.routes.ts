import { Router, type Request, type RequestHandler, type Response } from 'express';
import { InvalidError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo, wantsJson } from '#src/platform/http.js';
import { translatorOf } from '#src/platform/preferences.js';
import { parse } from '#src/platform/validate.js';
import { canManageMedia, type MediaViewer } from './policy.js';
import { receivedFiles, receiveFiles } from './receiving.routes.js';
import type { Media } from './queries.js';
import { RefusedPictureError } from './refusals.js';
import { uploadWords } from './schema.js';
import type { StoreDeps } from './service.js';
import { discardFiles, storeUploads, type UploadOutcome } from './uploading.js';
import { knownNote, mediaJson, refusalJson, type MediaListPage } from './views.js';

interface Frame {
  viewer: (req: Request) => MediaViewer;
  showList: (req: Request, res: Response, state: Partial<MediaListPage>) => Promise<void>;
}

/** `POST /admin/media`: the fields `file` (several) and `alt`; a page for people, JSON for scripts. */
export function uploadRoutes(
  deps: StoreDeps & { config: { dataDir: string } },
  frame: Frame,
): Router {
  const router = Router();
  router.post('/admin/media', receive(deps.config.dataDir), async (req, res) => {
    try {
      await answer(req, res, frame, await takeIn(deps, req, frame.viewer(req).id));
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      await refuse(req, res, frame, error);
    }
  });
  return router;

  function receive(dataDir: string): RequestHandler {
    const receiveForm = receiveFiles(dataDir);
    return (req, res, next) => {
      void receiveForm(req, res, (error: unknown) => {
        if (!(error instanceof InvalidError)) next(error);
        else refuse(req, res, frame, error).catch(next);
      });
    };
  }
}

/** Stores what came with the form; of its temporary files nothing is left when this returns or throws. */
async function takeIn(deps: StoreDeps, req: Request, uploaderId: number): Promise<UploadOutcome> {
  const files = receivedFiles(req);
  try {
    const { alt: alts } = parse(uploadWords, req.body);
    if (files.length === 0) throw new InvalidError({ file: { key: 'media.problems.none' } });
    return await storeUploads(deps, files, { uploaderId, alts });
  } finally {
    await discardFiles(files);
  }
}

async function answer(
  req: Request,
  res: Response,
  frame: Frame,
  { stored, known, refused }: UploadOutcome,
): Promise<void> {
  const t = translatorOf(res);
  if (wantsJson(req)) {
    const errors = refused.map((refusal) => refusalJson(refusal, t));
    res.set('Cache-Control', 'no-store').status(stored.length > 0 ? 201 : 422);
    const noteOf = (media: Media) =>
      known.includes(media) ? t('media.known', knownNote([media])) : undefined;
    res.json({
      media: stored.map((media) => ({ ...mediaJson(media), note: noteOf(media) })),
      errors,
    });
    return;
  }
  if (refused.length > 0) {
    const added = t('media.added', { count: stored.length });
    const text = known.length > 0 ? `${added} ${t('media.known', knownNote(known))}` : added;
    await frame.showList(req, res, {
      status: 422,
      notice: stored.length > 0 ? { kind: 'done', text } : null,
      problems: refused.flatMap((refusal) => Object.values(refusal.problems)),
      alt: altAsTyped(req),
    });
    return;
  }
  const more = known.length > 0 ? { key: 'media.known', values: knownNote(known) } : undefined;
  setFlash(res, { kind: 'done', key: 'media.added', values: { count: stored.length }, more });
  const [only, second] = stored;
  const oneOfOwn = only && !second && canManageMedia(frame.viewer(req), only);
  redirectTo(res, oneOfOwn ? `/admin/media/${only.id}` : '/admin/media');
}

/** Nothing was taken: a file that is too large, too many of them, none at all, or words that do not fit. */
async function refuse(
  req: Request,
  res: Response,
  frame: Frame,
  error: InvalidError,
): Promise<void> {
  const t = translatorOf(res);
  const tooLarge = error instanceof RefusedPictureError && error.reason === 'bytes';
  const status = tooLarge ? 413 : 422;
  const problems = Object.values(error.problems);
  if (!wantsJson(req)) {
    await frame.showList(req, res, { status, notice: null, problems, alt: altAsTyped(req) });
    return;
  }
  const filename = error instanceof RefusedPictureError ? error.filename : null;
  const errors = problems.map(({ key, values }) => ({ filename, message: t(key, values) }));
  res.set('Cache-Control', 'no-store').status(status).json({ media: [], errors });
}

function altAsTyped(req: Request): string {
  const value = (req.body as Record<string, unknown> | undefined)?.alt;
  return typeof value === 'string' ? value : '';
}
