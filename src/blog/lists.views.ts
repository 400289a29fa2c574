import type { Response } from 'express';
import { pictureOf, type PictureRow } from '#src/media/index.js';
import { translatorOf } from '#src/platform/preferences.js';
import type { ListPage } from '#src/platform/pagination.js';
import { renderPage } from '#src/platform/render.js';
import { categoryPath } from '#src/tags/index.js';
import { siteOf } from './frame.js';
import type { PostSummary } from './lists.queries.js';
import { presentItem } from './presenters.js';
import { headOfList, webSite } from './seo.js';

/** The home page: the first page with a lead, or a later one without. */
export interface HomePage {
  path: string;
  lead: PostSummary | null;
  cover: PictureRow | null;
  list: ListPage<PostSummary>;
  topics: { name: string; slug: string; postCount: number }[];
}

/** Addresses of the neighbours of a page in a list. */
export function neighboursOf(path: string, list: ListPage<unknown>) {
  return {
    newer: list.newer === null ? null : `${path}?after=${list.newer}`,
    older: list.older === null ? null : `${path}?before=${list.older}`,
  };
}

/** The home page. */
export function renderHomePage(res: Response, page: HomePage): void {
  const site = siteOf(res);
  const later = page.path.includes('?');
  const pager = neighboursOf('/', page.list);
  const head = headOfList(
    site,
    { title: site.title, description: site.description, path: page.path, ...pager },
    [],
  );
  renderPage(res, 'blog/home', {
    title: later ? translatorOf(res)('home.later') : site.title,
    ...head,
    jsonLd: later ? undefined : webSite(site),
    heading: later ? translatorOf(res)('home.later') : site.title,
    later,
    lead: page.lead && presentItem(page.lead, res, page.cover && pictureOf(page.cover)),
    items: page.list.items.map((post) => presentItem(post, res)),
    topics: page.topics.map((topic) => ({
      name: topic.name,
      href: categoryPath(topic.slug),
      count: topic.postCount,
    })),
    pager,
  });
}
