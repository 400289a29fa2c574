import type { Response } from 'express';
import { escapeHtml, markedHtml, type SafeHtml } from '#src/platform/markdown/index.js';
import { translatorOf } from '#src/platform/preferences.js';
import { renderPage } from '#src/platform/render.js';
import { categoryPath } from '#src/tags/index.js';
import { presentItem } from './presenters.js';
import { MARK_START, MARK_STOP, type Hit } from './search.queries.js';
import type { Found } from './search.js';

/** What was asked for and what was found. */
export interface SearchPage {
  text: string;
  later: boolean;
  found: Found;
  topics: { name: string; slug: string; postCount: number }[];
}

function searchPath(text: string, before?: string): string {
  const query = new URLSearchParams({ q: text, ...(before ? { before } : {}) });
  return `/search?${query.toString()}`;
}

function presentHit(hit: Hit, res: Response) {
  const item = presentItem(hit, res);
  const snippet: SafeHtml = markedHtml(hit.snippet, MARK_START, MARK_STOP);
  return {
    item,
    title:
      hit.title.trim() === ''
        ? escapeHtml(item.title)
        : markedHtml(hit.markedTitle, MARK_START, MARK_STOP),
    snippet: hit.snippet.trim() === '' ? escapeHtml(item.excerpt) : snippet,
  };
}

/** The search page, with or without results. Search engines need not keep other people's searches. */
export function renderSearchPage(res: Response, page: SearchPage): void {
  const t = translatorOf(res);
  const { text, found } = page;
  renderPage(res, 'blog/search', {
    title: text === '' ? t('search.title') : t('search.titleOf', { text }),
    robots: 'noindex, follow',
    q: text,
    later: page.later,
    hits: found.hits.map((hit) => presentHit(hit, res)),
    total: found.total,
    suggestion:
      found.suggestion === null
        ? null
        : { text: found.suggestion, href: searchPath(found.suggestion) },
    older: found.more === null ? null : searchPath(text, found.more),
    newer: page.later ? searchPath(text) : null,
    topics: page.topics.map((topic) => ({
      name: topic.name,
      href: categoryPath(topic.slug),
      count: topic.postCount,
    })),
  });
}
