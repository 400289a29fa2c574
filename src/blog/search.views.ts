import type { Response } from 'express';
import { escapeHtml, markedHtml } from '#src/platform/markdown/index.js';
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

/** A piece of a text says that it is one: dots where it does not begin or end a sentence. */
function asPiece(snippet: string): string {
  const text = snippet.trim();
  const start = /^[\uE000]?[\p{Lu}\p{Lo}\p{N}"'“‘«¿¡(]/u.test(text) ? '' : '… ';
  return start + text + (/[.!?…。！？؟][\uE001]?$/u.test(text) ? '' : ' …');
}

function presentHit(hit: Hit, res: Response) {
  const item = presentItem(hit, res);
  const marked = (text: string) => markedHtml(text, MARK_START, MARK_STOP);
  return {
    item,
    titleHtml: hit.title.trim() === '' ? escapeHtml(item.title) : marked(hit.markedTitle),
    // Without a word found in the text (but in the title, or a tag) its beginning says more.
    snippet: hit.snippet.includes(MARK_START)
      ? marked(asPiece(hit.snippet))
      : escapeHtml(item.excerpt),
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
