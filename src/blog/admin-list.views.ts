import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { postPath } from './addresses.js';
import type { AdminList, ListFilters } from './admin-list.js';
import type { AdminListItem } from './admin-list.queries.js';
import { adminPath } from './admin.views.js';
import { isPublic } from './policy.js';

/** The list of posts or pages with its filters. */
export interface AdminListPage extends AdminList {
  kind: 'post' | 'page';
  filters: ListFilters;
  now: Date;
}

/** An address of the list with these filters changed; a change to another filter starts at the top. */
function addressOf(kind: 'post' | 'page', filters: ListFilters, changes: Record<string, string>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, ...changes })) {
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? adminPath(kind) : `${adminPath(kind)}?${text}`;
}

function presentItem(item: AdminListItem, now: Date) {
  return {
    ...item,
    href: adminPath(item.kind, item.id),
    publicPath: isPublic(item, now) ? postPath(item) : null,
    date: item.status === 'draft' ? item.updatedAt : (item.publishedAt ?? item.updatedAt),
  };
}

/** Shows the list. */
export function renderAdminList(res: Response, locals: AdminListPage): void {
  const { kind, filters, list, counts } = locals;
  const tabs = (['all', 'draft', 'scheduled', 'published', 'private', 'trashed'] as const).map(
    (status) => ({
      status,
      count: counts[status],
      href: addressOf(kind, filters, { status: status === 'all' ? '' : status }),
      current: (filters.status ?? 'all') === status,
    }),
  );
  renderPage(res, 'admin/posts/list', {
    ...locals,
    title: translatorOf(res)(`adminList.${kind}.title`),
    layout: 'admin',
    scripts: ['js/admin-list.js'],
    base: adminPath(kind),
    items: list.items.map((item) => presentItem(item, locals.now)),
    tabs: tabs.filter((tab) => tab.count > 0 || tab.current || tab.status === 'all'),
    newer: list.newer && addressOf(kind, filters, { after: list.newer }),
    older: list.older && addressOf(kind, filters, { before: list.older }),
    narrowed: Boolean(filters.q || filters.author || filters.category || filters.tag),
    clearHref: addressOf(kind, { ...filters, q: '', author: '', category: '', tag: '' }, {}),
    actions:
      filters.status === 'trashed' ? ['restore', 'delete'] : ['publish', 'unpublish', 'trash'],
  });
}
