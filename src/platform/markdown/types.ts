import type { Translate } from '../i18n.js';
import type { SafeHtml } from './safe-html.js';

/** One stored copy of a picture. `width` in CSS pixels; `original` = the format of the upload. */
export interface RenderMediaVariant {
  src: string;
  width: number;
  type: 'webp' | 'original';
}

/** A picture that a text cites as `/media/<id>`: addresses are hashed and immutable. */
export interface RenderMedia {
  id: number;
  src: string;
  width: number;
  height: number;
  alt: string;
  variants: RenderMediaVariant[];
}

export interface RenderOptions {
  /** The picture behind `/media/<id>`; undefined when there is none (its alt text is shown). */
  media?: (id: number) => RenderMedia | undefined;
  /** The site's own address: links to it become local paths, all others are external. */
  baseUrl: string;
  /** How many levels stand above the text; 1 (a page title) makes its top headings `<h2>`. */
  headingOffset?: number;
  /** Words that the renderer adds itself (`markdown.*` keys); English without it. */
  t?: Translate;
}

export interface TocEntry {
  /** 2–6, as in the HTML. */
  level: number;
  /** The heading's id, without `#`. */
  id: string;
  text: string;
  children: TocEntry[];
}

export interface RenderedPost {
  html: SafeHtml;
  toc: TocEntry[];
  /** All visible text, a line per block: for search. */
  text: string;
  /** One paragraph of plain text: up to `<!--more-->`, or about 55 words. */
  excerpt: string;
  wordCount: number;
  /** Whole minutes, at least 1 for a text with words in it. */
  readingMinutes: number;
  /** Ids of all `/media/<id>` that the text cites, ascending. */
  mediaIds: number[];
  /** Whether there is a code block, so that a page need load its colours only then. */
  hasCode: boolean;
  rendererVersion: number;
}

export interface RenderedComment {
  html: SafeHtml;
  /** The same as plain text: mails, feeds, spam checks. */
  text: string;
}

export interface CommentOptions {
  /** The site's own address, as in RenderOptions. */
  baseUrl?: string;
}
