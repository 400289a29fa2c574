import { Router, type Request, type Response } from 'express';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { InvalidError, NotFoundError, type FieldProblems } from '#src/platform/errors.js';
import { setFlash } from '#src/platform/flash.js';
import { redirectTo } from '#src/platform/http.js';
import { isWellFormed, parse } from '#src/platform/validate.js';
import { requireRole, viewerOf } from '#src/users/index.js';
import { mergeForm, pathId, tagForm } from './admin.schema.js';
import { renderTag, renderTags, typedTerm } from './admin.views.js';
import { findTag, findTagsByName, listTags, type Tag } from './tag.queries.js';
import { createTag, deleteTag, mergeTag, renameTag } from './tags.js';

const BASE = '/admin/tags';
const PER_PAGE = 100;

interface Deps {
  db: Database;
}

function word(value: unknown): string {
  return typeof value === 'string' && value.length <= 200 && isWellFormed(value)
    ? value.trim()
    : '';
}

/** The row that a path names. @throws {NotFoundError} */
async function tagFrom(deps: Deps, req: Request): Promise<Tag> {
  const id = pathId.safeParse(req.params.id);
  const tag = id.success ? await findTag(deps.db, id.data) : null;
  if (!tag) throw new NotFoundError();
  return tag;
}

async function showList(deps: Deps, req: Request, res: Response, problems: FieldProblems = {}) {
  const q = word(req.query.q);
  const afterName = word(req.query.after);
  const rows = await listTags(deps.db, { contains: q, afterName, limit: PER_PAGE + 1 });
  const tags = rows.slice(0, PER_PAGE);
  const next = rows.length > PER_PAGE ? (tags.at(-1)?.name ?? null) : null;
  const query = new URLSearchParams({ ...(q ? { q } : {}), after: next ?? '' });
  renderTags(res, {
    tags,
    q,
    nextHref: next === null ? null : `${BASE}?${query}`,
    isFirst: afterName === '',
    values: typedTerm(req.method === 'POST' ? req.body : {}),
    problems,
  });
}

async function showOne(deps: Deps, req: Request, res: Response, problems: FieldProblems = {}) {
  const tag = await tagFrom(deps, req);
  const { name, slug, description } = tag;
  const typed = req.method === 'POST' && problems.into === undefined;
  const { into } = (req.body ?? {}) as { into?: unknown };
  const values = typed ? typedTerm(req.body) : { name, slug, description };
  renderTag(res, { tag, values, into: word(into), problems });
}

/** Does something to a tag in one transaction, notes it, and says so on the list of tags. */
async function change(
  deps: Deps,
  req: Request,
  res: Response,
  step: { action: string; work: (tx: Db) => Promise<Tag>; onProblem: typeof showList },
): Promise<void> {
  try {
    const tag = await inTransaction(deps.db, async (tx) => {
      const changed = await step.work(tx);
      const target = { targetType: 'tag', targetId: changed.id, data: { name: changed.name } };
      await recordAudit(tx, {
        actorId: viewerOf(req)?.id,
        action: `tag.${step.action}`,
        ...target,
      });
      return changed;
    });
    setFlash(res, { kind: 'done', key: `flash.tag.${step.action}`, values: { name: tag.name } });
    redirectTo(res, BASE);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    await step.onProblem(deps, req, res, error.problems);
  }
}

async function mergeByName(tx: Db, tag: Tag, body: unknown): Promise<Tag> {
  const { into } = parse(mergeForm, body);
  const [found] = await findTagsByName(tx, [into]);
  if (!found) throw new InvalidError({ into: { key: 'problems.tagUnknown' } });
  if (found.id === tag.id) throw new InvalidError({ into: { key: 'problems.tagItself' } });
  return mergeTag(tx, tag.id, found.id);
}

/** The pages of tags: editors only. */
export function tagAdminRoutes(deps: Deps): Router {
  const router = Router();
  router.use(BASE, requireRole('editor'));
  router.get(BASE, (req, res) => showList(deps, req, res));
  router.post(BASE, (req, res) => {
    const work = async (tx: Db) => createTag(tx, parse(tagForm, req.body));
    return change(deps, req, res, { action: 'create', work, onProblem: showList });
  });
  router.get(`${BASE}/:id`, (req, res) => showOne(deps, req, res));
  router.post(`${BASE}/:id`, async (req, res) => {
    const { id } = await tagFrom(deps, req);
    const work = async (tx: Db) => renameTag(tx, id, parse(tagForm, req.body));
    await change(deps, req, res, { action: 'update', work, onProblem: showOne });
  });
  router.post(`${BASE}/:id/merger`, async (req, res) => {
    const tag = await tagFrom(deps, req);
    const work = (tx: Db) => mergeByName(tx, tag, req.body);
    await change(deps, req, res, { action: 'merge', work, onProblem: showOne });
  });
  router.post(`${BASE}/:id/deletion`, async (req, res) => {
    const { id } = await tagFrom(deps, req);
    await change(deps, req, res, {
      action: 'delete',
      work: (tx) => deleteTag(tx, id),
      onProblem: showOne,
    });
  });
  return router;
}
