import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs from 'ejs';
import type { Response } from 'express';
import type { SafeHtml } from './markdown/index.js';

/** What a page says of itself to its layout. */
export interface PageMeta {
  /** Of the page alone; the layout adds the site's. */
  title: string;
  /** Default `public`. */
  layout?: 'public' | 'admin' | 'bare';
  /** HTTP status, default 200. */
  status?: number;
  description?: string;
  /** Absolute address; default: none. */
  canonical?: string;
  robots?: string;
  /** Language of the page's main content where it differs from the interface. */
  openGraph?: Record<string, string>;
  /** Serialised by the layout into `<script type="application/ld+json">`. */
  jsonLd?: object;
  /** Feeds of this page beside the site's. */
  feeds?: { title: string; href: string }[];
  /** Addresses of the neighbours in a paged list. */
  previousPage?: string;
  nextPage?: string;
}

/** Renders a template of views/ to a string, synchronously; data is fetched before. */
export type RenderTemplate = (view: string, locals: object) => string;

/**
 * Makes the template renderer. Templates are compiled once when `cache` is true; without it an edit
 * shows at the next request.
 */
export function createTemplates(viewsDir: string, options: { cache: boolean }): RenderTemplate {
  const compiled = new Map<string, ejs.TemplateFunction>();
  const compile = (view: string): ejs.TemplateFunction => {
    const filename = path.join(viewsDir, `${view}.ejs`);
    const template = ejs.compile(readFileSync(filename, 'utf8'), {
      filename,
      root: viewsDir,
      views: [viewsDir],
      cache: options.cache,
      rmWhitespace: true,
    });
    if (options.cache) compiled.set(view, template);
    return template;
  };
  return (view, locals) => (compiled.get(view) ?? compile(view))(locals);
}

/** A strong entity tag (RFC 9110, 8.8.3) of some text. */
export function strongEtag(content: string): string {
  return `"${createHash('sha1').update(content).digest('base64url')}"`;
}

/**
 * Renders `view` inside its layout and sends it. Locals come from `res.locals` (what every layout
 * shows, put there by the frame of the site) and from the page. The page is validated by ETag; who
 * may keep it is said by the middleware that knows about sessions, not here.
 */
export function renderPage<Locals extends object>(
  res: Response,
  view: string,
  locals: Locals & PageMeta,
): void {
  const templates = res.app.locals.templates as RenderTemplate;
  const all = { ...res.app.locals, ...res.locals, ...locals, page: locals };
  const body = templates(view, all) as SafeHtml;
  const html = templates(`layouts/${locals.layout ?? 'public'}`, { ...all, body });
  res.status(locals.status ?? res.statusCode);
  res.type('html');
  if (res.statusCode === 200) res.set('ETag', strongEtag(html));
  res.send(html);
}

/**
 * Renders a template without a layout: a part of a page that another module fills, or a fragment
 * sent by itself. Safe because templates escape every value that is not SafeHtml.
 */
export function renderFragment(res: Response, view: string, locals: object): SafeHtml {
  const templates = res.app.locals.templates as RenderTemplate;
  return templates(view, { ...res.app.locals, ...res.locals, ...locals }) as SafeHtml;
}
