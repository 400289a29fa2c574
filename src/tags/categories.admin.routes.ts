import { Router, type Request, type Response } from 'express';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database } from '#src/platform/db.js';
import { InvalidError, NotFoundError, type FieldProblems } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { parse } from '#src/platform/validate.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { categoryForm, moveForm, pathId } from './admin.schema.js';
import { renderCategories, renderCategory, typedTerm } from './admin.views.js';
import { createCategory, deleteCategory, updateCategory } from './categories.js';
import { moveCategory } from './order.js';
import { findCategory, listCategories, type Category } from './queries.js';

const BASE = '/admin/categories';
const EMPTY = { name: '', slug: '', description: '', parentId: '' };

interface Deps {
  db: Database;
}

/** The row that a path names. @throws {NotFoundError} */
async function categoryFrom(deps: Deps, req: Request): Promise<Category> {
  const id = pathId.safeParse(req.params.id);
  const category = id.success ? await findCategory(deps.db, id.data) : null;
  if (!category) throw new NotFoundError();
  return category;
}

async function showList(deps: Deps, req: Request, res: Response, problems: FieldProblems = {}) {
  const values = req.method === 'POST' ? typedTerm(req.body) : EMPTY;
  renderCategories(res, { categories: await listCategories(deps.db), values, problems });
}

async function showOne(deps: Deps, req: Request, res: Response, problems: FieldProblems = {}) {
  const category = await categoryFrom(deps, req);
  const { name, slug, description, parentId } = category;
  const stored = { name, slug, description, parentId: parentId?.toString() ?? '' };
  const values = req.method === 'POST' ? typedTerm(req.body) : stored;
  const categories = await listCategories(deps.db);
  renderCategory(res, { category, categories, values, problems });
}

function audit(req: Request, action: string, category: Category) {
  const data = { name: category.name };
  const actorId = viewerOf(req)?.id;
  return {
    actorId,
    action: `category.${action}`,
    targetType: 'category',
    targetId: category.id,
    data,
  };
}

async function create(deps: Deps, req: Request, res: Response): Promise<void> {
  try {
    const form = parse(categoryForm, req.body);
    const made = await inTransaction(deps.db, async (tx) => {
      const category = await createCategory(tx, form);
      await recordAudit(tx, audit(req, 'create', category));
      return category;
    });
    setFlash(res, { kind: 'done', key: 'flash.category.created', values: { name: made.name } });
    redirectTo(res, BASE);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    await showList(deps, req, res, error.problems);
  }
}

async function update(deps: Deps, req: Request, res: Response): Promise<void> {
  const { id } = await categoryFrom(deps, req);
  try {
    const form = parse(categoryForm, req.body);
    const changed = await inTransaction(deps.db, async (tx) => {
      const category = await updateCategory(tx, id, form);
      await recordAudit(tx, audit(req, 'update', category));
      return category;
    });
    setFlash(res, { kind: 'done', key: 'flash.category.saved', values: { name: changed.name } });
    redirectTo(res, BASE);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    await showOne(deps, req, res, error.problems);
  }
}

async function remove(deps: Deps, req: Request, res: Response): Promise<void> {
  const { id } = await categoryFrom(deps, req);
  const gone = await inTransaction(deps.db, async (tx) => {
    const category = await deleteCategory(tx, id);
    await recordAudit(tx, audit(req, 'delete', category));
    return category;
  });
  setFlash(res, { kind: 'done', key: 'flash.category.deleted', values: { name: gone.name } });
  redirectTo(res, BASE);
}

async function move(deps: Deps, req: Request, res: Response): Promise<void> {
  const { id } = await categoryFrom(deps, req);
  await moveCategory(deps.db, id, parse(moveForm, req.body).direction);
  redirectTo(res, BASE);
}

/** The pages of categories: editors only. */
export function categoryAdminRoutes(deps: Deps): Router {
  const router = Router();
  router.use(BASE, requireRole('editor'));
  router.get(BASE, (req, res) => showList(deps, req, res));
  router.post(BASE, (req, res) => create(deps, req, res));
  router.get(`${BASE}/:id`, (req, res) => showOne(deps, req, res));
  router.post(`${BASE}/:id`, (req, res) => update(deps, req, res));
  router.post(`${BASE}/:id/position`, (req, res) => move(deps, req, res));
  router.post(`${BASE}/:id/deletion`, (req, res) => remove(deps, req, res));
  return router;
}
