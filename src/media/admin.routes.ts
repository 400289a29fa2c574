import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Db } from '#src/platform/db.js';
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo, wantsJson } from '#src/platform/http.js';
import { pageRequest } from '#src/platform/pagination.js';
import { translatorOf } from '#src/platform/preferences.js';
import { parse, tryParse } from '#src/platform/validate.js';
import { canManageAllMedia, canManageMedia, type MediaViewer } from './policy.js';
import { findMedia, findMediaUses, findUploaderName, listMedia, type Media } from './queries.js';
import { mediaId, mediaQuery, mediaWords } from './schema.js';
import { deleteMedia, describeMedia, MediaInUseError, type StoreDeps } from './service.js';
import { MissingFileError } from './storage.js';
import { uploadRoutes } from './upload.routes.js';
import {
  mediaJson,
  renderMediaDetailPage,
  renderMediaListPage,
  type MediaDetailPage,
  type MediaListPage,
} from './views.js';

/** What the admin pages of pictures need; who the viewer is comes from outside this capability. */
export interface MediaAdminDeps extends StoreDeps {
  config: { dataDir: string };
  /** As for the jobs: called in the transaction in which a picture's words change. */
  onReady: (tx: Db, mediaId: number) => Promise<void>;
  /** Lets authors, editors and admins pass. */
  requireAuthor: RequestHandler;
  viewerOf: (req: Request) => MediaViewer | null;
}

const PER_PAGE = 40;

/** `/admin/media`: the library, uploads, one picture's words and uses, its deletion. */
export function mediaAdminRoutes(deps: MediaAdminDeps): Router {
  const router = Router();
  const viewer = (req: Request): MediaViewer => {
    const found = deps.viewerOf(req);
    if (!found) throw new UnauthenticatedError();
    return found;
  };
  const listFor = (req: Request) => {
    const who = viewer(req);
    const { q } = parse(mediaQuery, req.query);
    const uploaderId = canManageAllMedia(who) ? undefined : who.id;
    return listMedia(deps.db, { search: q, uploaderId }, pageRequest(req.query, PER_PAGE));
  };
  const showList = async (req: Request, res: Response, state: Partial<MediaListPage> = {}) => {
    const { q } = parse(mediaQuery, req.query);
    const list = await listFor(req);
    renderMediaListPage(res, {
      list,
      search: q,
      notice: null,
      problems: [],
      alt: '',
      ...state,
    });
  };
  const managed = async (req: Request): Promise<Media> => {
    const id = mediaId.safeParse(req.params.id);
    const media = id.success ? await findMedia(deps.db, id.data) : null;
    if (!media) throw new NotFoundError();
    if (!canManageMedia(viewer(req), media)) throw new ForbiddenError();
    return media;
  };
  const showDetail = async (
    req: Request,
    res: Response,
    media: Media,
    state: Partial<MediaDetailPage> = {},
  ) => {
    renderMediaDetailPage(res, {
      media,
      uploader: await findUploaderName(deps.db, media),
      uses: await findMediaUses(deps.db, media.id),
      viewer: viewer(req),
      now: deps.now(),
      values: media,
      problems: {},
      notice: null,
      ...state,
    });
  };

  router.use(['/admin/media', '/admin/media.json'], deps.requireAuthor);
  router.use(uploadRoutes(deps, { viewer, showList }));
  router.get('/admin/media', (req, res) => showList(req, res));
  router.get('/admin/media.json', async (req, res) => {
    const list = await listFor(req);
    res.set('Cache-Control', 'private, no-store');
    res.json({ media: list.items.map(mediaJson), older: list.older, newer: list.newer });
  });
  router.get('/admin/media/:id', async (req, res) => showDetail(req, res, await managed(req)));
  router.post('/admin/media/:id', async (req, res) => {
    const media = await managed(req);
    const words = tryParse(mediaWords, req.body);
    if (!words.ok) {
      const values = { alt: asTyped(req, 'alt'), caption: asTyped(req, 'caption') };
      await showDetail(req, res, media, { values, problems: words.problems, status: 422 });
      return;
    }
    await describeMedia(deps, media.id, words.data);
    setFlash(res, { kind: 'done', key: 'media.saved' });
    redirectTo(res, `/admin/media/${media.id}`);
  });
  router.post('/admin/media/:id/deletion', async (req, res) => {
    const media = await managed(req);
    try {
      await deleteMedia(deps, media.id, { actorId: viewer(req).id, address: req.ip ?? null });
    } catch (error) {
      if (!(error instanceof MediaInUseError) || wantsJson(req)) throw error;
      const notice = { kind: 'problem' as const, text: translatorOf(res)('media.inUse') };
      await showDetail(req, res, media, { notice, status: 409 });
      return;
    }
    setFlash(res, { kind: 'done', key: 'media.deleted' });
    redirectTo(res, '/admin/media');
  });
  router.get('/admin/media/:id/original', async (req, res) => {
    const media = await managed(req);
    const original = await readOriginal(deps, media);
    res.set({ 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' });
    res.attachment(media.filename).type('application/octet-stream').send(original);
  });
  return router;
}

async function readOriginal({ storage }: StoreDeps, media: Media): Promise<Buffer> {
  return storage.get(media.originalKey).catch((error: unknown) => {
    throw error instanceof MissingFileError ? new NotFoundError() : error;
  });
}

function asTyped(req: Request, field: string): string {
  const value = (req.body as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' ? value : '';
}
