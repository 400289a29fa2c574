import type { Response } from 'express';
import { pictureOf, type PictureRow } from '#src/media/index.js';
import { translatorOf } from '#src/platform/preferences.js';
import type { ListPage } from '#src/platform/pagination.js';
import { renderPage } from '#src/platform/render.js';
import { categoryPath, tagPath, type Category, type Tag } from '#src/tags/index.js';
import { authorPath } from './addresses.js';
import { siteOf } from './frame.js';
import type { PostSummary } from './lists.queries.js';
import { presentItem } from './presenters.js';
import type { Author } from './queries.js';
import { headOfList, webSite, type Crumb } from './seo.js';

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

/** What a list says of itself to search engines when nobody described it: its latest titles. */
export function latestTitles(res: Response, posts: readonly PostSummary[]): string {
  const titles = posts.map((post) => post.title).filter((title) => title !== '');
  if (titles.length === 0) return '';
  return translatorOf(res)('lists.latest', { titles: titles.slice(0, 3).join(' · ') });
}

/** The home page. */
export function renderHomePage(res: Response, page: HomePage): void {
  const site = siteOf(res);
  const later = page.path.includes('?');
  const pager = neighboursOf('/', page.list);
  const posts = page.lead ? [page.lead, ...page.list.items] : page.list.items;
  const description = site.description || latestTitles(res, posts);
  const head = headOfList(site, { title: site.title, description, path: page.path, ...pager }, []);
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

/** What every list has beside its subject. */
export interface ListSlice {
  list: ListPage<PostSummary>;
  /** The query that names this page of the list; empty for the first. */
  search: string;
}

interface Subject {
  title: string;
  heading: string;
  description: string;
  path: string;
  feedTitle: string;
  crumbs: Crumb[];
}

/** What the pages of a category, a tag and an author have in common. */
function listLocals(res: Response, subject: Subject, slice: ListSlice) {
  const pager = neighboursOf(subject.path, slice.list);
  const { title, description } = subject;
  const thin = slice.list.items.length === 0;
  const path = subject.path + slice.search;
  const said = description || latestTitles(res, slice.list.items);
  return {
    title,
    ...headOfList(siteOf(res), { title, description: said, path, ...pager, thin }, subject.crumbs),
    feeds: [{ title: subject.feedTitle, href: `${subject.path}/feed.xml` }],
    heading: subject.heading,
    description,
    crumbs: subject.crumbs,
    later: slice.search !== '',
    items: slice.list.items.map((post) => presentItem(post, res)),
    pager,
    path: subject.path,
  };
}

/** A category with the posts in it and below it. */
export interface CategoryPage extends ListSlice {
  category: Category;
  /** From the top down. */
  above: Category[];
  children: Category[];
}

/** The page of a category. */
export function renderCategoryPage(res: Response, page: CategoryPage): void {
  const { name, slug, description } = page.category;
  const subject: Subject = {
    title: name,
    heading: name,
    description,
    path: categoryPath(slug),
    feedTitle: translatorOf(res)('posts.feedOf', { name }),
    crumbs: page.above.map((one) => ({ label: one.name, href: categoryPath(one.slug) })),
  };
  renderPage(res, 'blog/category', {
    ...listLocals(res, subject, page),
    children: page.children.map((child) => ({
      name: child.name,
      href: categoryPath(child.slug),
      count: child.postCount,
    })),
  });
}

/** A tag with its posts. */
export interface TagPage extends ListSlice {
  tag: Tag;
}

/** The page of a tag. */
export function renderTagPage(res: Response, page: TagPage): void {
  const t = translatorOf(res);
  const { name, slug, description } = page.tag;
  const subject: Subject = {
    title: t('tags.title', { name }),
    heading: name,
    description,
    path: tagPath(slug),
    feedTitle: t('tags.feed', { name }),
    crumbs: [],
  };
  renderPage(res, 'blog/tag', listLocals(res, subject, page));
}

/** An author with their posts. */
export interface AuthorPage extends ListSlice {
  author: Author;
}

/** Only addresses of the web become links. */
function webAddress(url: string | null): { href: string; label: string } | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return { href: url, label: host.replace(/^www\./, '') + (pathname === '/' ? '' : pathname) };
}

/** The page of an author. */
export function renderAuthorPage(res: Response, page: AuthorPage): void {
  const { author } = page;
  const name = author.displayName || author.username;
  const subject: Subject = {
    title: name,
    heading: name,
    description: author.bio,
    path: authorPath(author.username),
    feedTitle: translatorOf(res)('authors.feed', { name }),
    crumbs: [],
  };
  renderPage(res, 'blog/author', {
    ...listLocals(res, subject, page),
    avatar: author.avatar && pictureOf(author.avatar),
    initial: [...name.trim()][0]?.toLocaleUpperCase() ?? '',
    bio: author.bio.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== ''),
    website: webAddress(author.website),
    count: author.postCount,
  });
}
