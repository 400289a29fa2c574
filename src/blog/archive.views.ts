import type { Response } from 'express';
import { translatorOf } from '#src/platform/preferences.js';
import type { ListPage } from '#src/platform/pagination.js';
import { renderPage } from '#src/platform/render.js';
import { categoryPath, tagPath, treeOf, type Branch, type Category } from '#src/tags/index.js';
import { monthPath } from './addresses.js';
import type { ArchiveMonth } from './archive.queries.js';
import { siteOf } from './frame.js';
import type { PostSummary } from './lists.queries.js';
import { latestTitles, neighboursOf } from './lists.views.js';
import { presentItem } from './presenters.js';
import { headOfList } from './seo.js';

/** A month of the archive. */
export interface MonthPage {
  year: number;
  month: number;
  /** All months with posts, newest first. */
  months: ArchiveMonth[];
  list: ListPage<PostSummary>;
  /** The query that names this page of the month; empty for the first. */
  search: string;
}

/** A month's name, alone or with its year. A date without time has no time zone: UTC throughout. */
function monthName(res: Response, year: number, month: number, withYear: boolean): string {
  const options: Intl.DateTimeFormatOptions = { month: 'long', timeZone: 'UTC' };
  if (withYear) options.year = 'numeric';
  const format = new Intl.DateTimeFormat(res.locals.locale as string, options);
  return format.format(new Date(Date.UTC(year, month - 1, 1)));
}

function byYear(res: Response, months: readonly ArchiveMonth[]) {
  const years = [...new Set(months.map(({ year }) => year))];
  return years.map((year) => {
    const own = months.filter((entry) => entry.year === year);
    return {
      year,
      count: own.reduce((sum, { count }) => sum + count, 0),
      months: own.map(({ month, count }) => ({
        name: monthName(res, year, month, false),
        href: monthPath(year, month),
        count,
      })),
    };
  });
}

/** Everything that leads to posts. */
export interface ArchivePage {
  months: ArchiveMonth[];
  categories: Category[];
  /** In the order of their names. */
  tags: { name: string; slug: string; postCount: number }[];
}

interface Topic {
  name: string;
  href: string;
  count: number;
  children: Topic[];
}

/** Categories that lead to posts: empty branches are left out. */
function topicsOf(branches: readonly Branch<Category>[]): Topic[] {
  return branches
    .map(({ name, slug, postCount, children }) => {
      return { name, href: categoryPath(slug), count: postCount, children: topicsOf(children) };
    })
    .filter((topic) => topic.count > 0 || topic.children.length > 0);
}

/** The years and months with posts, the categories and the tags. */
export function renderArchivePage(res: Response, page: ArchivePage): void {
  const t = translatorOf(res);
  const title = t('archive.title');
  const count = page.months.reduce((sum, month) => sum + month.count, 0);
  const description = t('archive.description', { site: siteOf(res).title });
  const head = { title, description, path: '/archive', newer: null, older: null };
  renderPage(res, 'blog/archive', {
    title,
    ...headOfList(siteOf(res), { ...head, thin: count === 0 }, []),
    years: byYear(res, page.months),
    count,
    topics: topicsOf(treeOf(page.categories)),
    tags: page.tags.map((tag) => ({
      name: tag.name,
      href: tagPath(tag.slug),
      count: tag.postCount,
    })),
  });
}

/** The posts of one month, with the months before and after. */
export function renderMonthPage(res: Response, page: MonthPage): void {
  const t = translatorOf(res);
  const path = monthPath(page.year, page.month);
  const title = monthName(res, page.year, page.month, true);
  const pager = neighboursOf(path, page.list);
  const crumbs = [{ label: t('archive.title'), href: '/archive' }];
  const at = page.months.findIndex(({ year, month }) => year === page.year && month === page.month);
  const beside = (entry: ArchiveMonth | undefined) =>
    entry && {
      name: monthName(res, entry.year, entry.month, true),
      href: monthPath(entry.year, entry.month),
    };
  const description = latestTitles(res, page.list.items);
  const head = { title, description, path: path + page.search, ...pager };
  renderPage(res, 'blog/month', {
    title,
    ...headOfList(siteOf(res), head, crumbs),
    crumbs,
    count: page.months[at]?.count ?? 0,
    items: page.list.items.map((post) => presentItem(post, res)),
    pager,
    olderMonth: at < 0 ? undefined : beside(page.months[at + 1]),
    newerMonth: at < 0 ? undefined : beside(page.months[at - 1]),
  });
}
