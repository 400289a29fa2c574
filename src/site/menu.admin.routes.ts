import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import { InvalidError, NotFoundError, type FieldProblems } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { parse, rowId, text } from '#src/platform/validate.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { renderMenu } from './admin.views.js';
import type { Site } from './frame.js';
import { findMenuTargets } from './menu-admin.queries.js';
import { inputOf, moveLine, relabelLine } from './menu-editing.js';
import type { MenuLocation } from './menu.queries.js';
import { listMenu, listMenuToChange, saveMenu, type MenuEntry, type MenuLink } from './menus.js';
import { isMenuAddress, type MenuItemInput } from './schema.js';

const BASE = '/admin/menu';

interface Deps {
  db: Database;
  now: () => Date;
}

const location = z.enum(['main', 'footer']).catch('main');
const label = z.preprocess((value) => value ?? '', text(200));
const url = z.preprocess((value) => value ?? '', text(2000));
const address = url.refine(isMenuAddress, { error: 'problems.address' });
const target = z
  .string()
  .regex(/^(?:url|(?:post|category|tag):\d{1,9})$/, { error: 'problems.id' });
const newLine = z.object({ target, label, url });
const editedLine = z.object({ label, url });
const moved = z.object({
  move: z.enum(['up', 'down', 'in', 'out', 'remove'], { error: 'problems.id' }),
});

function locationOf(req: Request): MenuLocation {
  const { location: asked } = {
    ...req.query,
    ...(req.body as Record<string, unknown> | undefined),
  };
  return location.parse(asked);
}

function hrefOf(where: MenuLocation): string {
  return where === 'main' ? BASE : `${BASE}?location=${where}`;
}

interface Shown {
  problems?: FieldProblems;
  problemLine?: number | null;
}

async function show(deps: Deps, req: Request, res: Response, shown: Shown = {}): Promise<void> {
  const where = locationOf(req);
  const { menus } = res.locals.site as Site;
  const typed = (name: string): string => {
    const value = (req.body as Record<string, unknown> | undefined)?.[name];
    return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : '';
  };
  renderMenu(res, {
    location: where,
    menu: await listMenu(deps.db, where, deps.now()),
    shown: menus[where],
    targets: await findMenuTargets(deps.db),
    values: { target: typed('target'), url: typed('url'), label: typed('label') },
    problems: shown.problems ?? {},
    problemLine: shown.problemLine ?? null,
  });
}

/** Reads the menu, lets `work` change its lines, and saves it, in one transaction. */
async function change(
  deps: Deps,
  req: Request,
  res: Response,
  work: (menu: MenuEntry[]) => MenuItemInput[],
  problemLine: number | null = null,
): Promise<void> {
  const where = locationOf(req);
  try {
    await inTransaction(deps.db, async (tx) => {
      const items = work(await listMenuToChange(tx, where, deps.now()));
      await saveMenu(tx, where, items);
      const data = { location: where, lines: items.length };
      await recordAudit(tx, { actorId: viewerOf(req)?.id, action: 'menu.change', data });
    });
    setFlash(res, { kind: 'done', key: 'flash.menu.saved' });
    redirectTo(res, hrefOf(where));
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    await show(deps, req, res, { problems: error.problems, problemLine });
  }
}

function lineOf(input: z.output<typeof newLine>): MenuItemInput {
  const base = { label: input.label, children: [] };
  const [kind, id] = input.target.split(':');
  if (kind === 'post') return { ...base, postId: Number(id) };
  if (kind === 'category') return { ...base, categoryId: Number(id) };
  if (kind === 'tag') return { ...base, tagId: Number(id) };
  if (input.label === '') throw new InvalidError({ label: { key: 'problems.required' } });
  return { ...base, url: parse(z.object({ url: address }), { url: input.url }).url };
}

function linesOf(links: readonly MenuLink[]): MenuItemInput[] {
  return links.map((link) => ({
    label: link.label,
    url: link.href,
    children: linesOf(link.children),
  }));
}

/** The id in a path. @throws {NotFoundError} */
function idFrom(req: Request): number {
  const id = rowId.safeParse(req.params.id);
  if (!id.success) throw new NotFoundError();
  return id.data;
}

/** `/admin/menu`: the menus at the head and at the foot of every page; admins only. */
export function menuAdminRoutes(deps: Deps): Router {
  const router = Router();
  router.use(BASE, requireRole('admin'));
  router.get(BASE, (req, res) => show(deps, req, res));
  router.post(BASE, (req, res) =>
    change(deps, req, res, (menu) => [...inputOf(menu), lineOf(parse(newLine, req.body))]),
  );
  router.post(`${BASE}/beginning`, (req, res) => {
    const { menus } = res.locals.site as Site;
    return change(deps, req, res, (menu) =>
      menu.length > 0 ? inputOf(menu) : linesOf(menus[locationOf(req)]),
    );
  });
  router.post(`${BASE}/:id`, (req, res) => {
    const id = idFrom(req);
    const work = (menu: MenuEntry[]): MenuItemInput[] => {
      if (!relabelLine(menu, id, parse(editedLine, req.body))) throw new NotFoundError();
      return inputOf(menu);
    };
    return change(deps, req, res, work, id);
  });
  router.post(`${BASE}/:id/position`, (req, res) => {
    const id = idFrom(req);
    return change(deps, req, res, (menu) => {
      if (!moveLine(menu, id, parse(moved, req.body).move)) throw new NotFoundError();
      return inputOf(menu);
    });
  });
  return router;
}
