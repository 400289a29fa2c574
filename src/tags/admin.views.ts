import type { Response } from 'express';
import type { FieldProblems } from '#src/platform/errors.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { categoryPath, tagPath } from './addresses.js';
import type { Category } from './queries.js';
import type { Tag } from './tag.queries.js';
import { flattened, treeOf, withDescendants } from './tree.js';

const layout = 'admin' as const;

function statusOf(problems: FieldProblems): number {
  return Object.keys(problems).length > 0 ? 422 : 200;
}

/** Fields as typed. */
export interface TermValues {
  name: string;
  slug: string;
  description: string;
  parentId?: string;
}

/** What was typed into a form, to show it again. */
export function typedTerm(body: unknown): TermValues {
  const fields = (body ?? {}) as Record<string, unknown>;
  const read = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : '';
  };
  return {
    name: read('name'),
    slug: read('slug'),
    description: read('description'),
    parentId: read('parentId'),
  };
}

/** The tree of categories with the form of a new one. */
export function renderCategories(
  res: Response,
  page: { categories: Category[]; values: TermValues; problems: FieldProblems },
): void {
  const list = flattened(treeOf(page.categories));
  renderPage(res, 'admin/categories/list', {
    ...page,
    title: translatorOf(res)('admin.nav.categories'),
    layout,
    status: statusOf(page.problems),
    list: list.map((category) => ({ ...category, path: categoryPath(category.slug) })),
    parents: list.map(({ id, name, depth }) => ({ id, name, depth })),
  });
}

/** One category with its form. Its own branch cannot be its parent. */
export function renderCategory(
  res: Response,
  page: {
    category: Category;
    categories: Category[];
    values: TermValues;
    problems: FieldProblems;
  },
): void {
  const below = new Set(withDescendants(page.categories, page.category.id));
  const others = flattened(treeOf(page.categories)).filter(({ id }) => !below.has(id));
  renderPage(res, 'admin/categories/edit', {
    ...page,
    title: page.category.name,
    layout,
    status: statusOf(page.problems),
    path: categoryPath(page.category.slug),
    heir: page.categories.find(({ id }) => id === page.category.parentId)?.name ?? null,
    parents: others.map(({ id, name, depth }) => ({ id, name, depth })),
  });
}

/** The tags with a search and the form of a new one. */
export function renderTags(
  res: Response,
  page: {
    tags: Tag[];
    q: string;
    nextHref: string | null;
    isFirst: boolean;
    values: TermValues;
    problems: FieldProblems;
  },
): void {
  renderPage(res, 'admin/tags/list', {
    ...page,
    title: translatorOf(res)('admin.nav.tags'),
    layout,
    status: statusOf(page.problems),
  });
}

/** One tag with its form, and the ways to fold or delete it. */
export function renderTag(
  res: Response,
  page: { tag: Tag; values: TermValues; into: string; problems: FieldProblems },
): void {
  renderPage(res, 'admin/tags/edit', {
    ...page,
    title: page.tag.name,
    layout,
    status: statusOf(page.problems),
    path: tagPath(page.tag.slug),
  });
}
