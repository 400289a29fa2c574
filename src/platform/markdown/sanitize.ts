import sanitizeHtml from 'sanitize-html';
import {
  COMMENT_ATTRIBUTES,
  COMMENT_ELEMENTS,
  DROPPED_WITH_CONTENT,
  KEPT_ID,
  keepsClass,
  LINK_PROTOCOLS,
  POST_ATTRIBUTES,
  POST_ELEMENTS,
  ROLES,
} from './allow-list.js';
import { isExternal, parseUrl, safeLink } from './links.js';
import { brandAsSafe, escapeHtml, type SafeHtml } from './safe-html.js';
import { HtmlTooDeepError, parseHtml, serializeChildren } from './tree.js';

type Attributes = Record<string, string>;

/** Whether a picture's address is a file of this site: one slash, then anything but a slash. */
function isLocalFile(address: string): boolean {
  return /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(address);
}

function srcsetIsOwn(srcset: string, isOwn: (address: string) => boolean): boolean {
  return srcset.split(/,\s+/).every((candidate) => {
    const [address = '', width = ''] = candidate.trim().split(/\s+/);
    return isOwn(address) && /^\d{1,5}w$/.test(width);
  });
}

const DIGITS = /^\d{1,5}$/;

/** What a value must look like, for attributes that are not free text. */
const VALUE_RULES: Readonly<Record<string, (value: string) => boolean>> = {
  cite: isExternal,
  colspan: (value) => /^[1-9]\d{0,2}$/.test(value),
  'data-embed': (value) => /^(?:youtube|vimeo|dailymotion|peertube)$/.test(value),
  'data-embed-src': (value) => value.startsWith('https://'),
  datetime: (value) => /^[\dTZPWYMDHS:+. -]{4,40}$/i.test(value),
  decoding: (value) => value === 'async',
  dir: (value) => /^(?:ltr|rtl|auto)$/i.test(value),
  headers: (value) => KEPT_ID.test(value),
  height: (value) => DIGITS.test(value),
  hreflang: (value) => /^[a-z\d-]{2,35}$/i.test(value),
  id: (value) => KEPT_ID.test(value),
  lang: (value) => /^[a-z\d-]{2,35}$/i.test(value),
  loading: (value) => value === 'lazy',
  rel: (value) => /^[a-z ]{2,80}$/.test(value),
  role: (value) => ROLES.has(value),
  rowspan: (value) => /^[1-9]\d{0,2}$/.test(value),
  scope: (value) => /^(?:row|col|rowgroup|colgroup)$/.test(value),
  sizes: (value) => /^[\w():., -]{1,200}$/.test(value),
  span: (value) => /^[1-9]\d{0,2}$/.test(value),
  start: (value) => /^-?\d{1,9}$/.test(value),
  tabindex: (value) => value === '0',
  type: (value) => /^(?:[1aAiI]|checkbox|image\/webp)$/.test(value),
  value: (value) => /^-?\d{1,9}$/.test(value),
  width: (value) => DIGITS.test(value),
};

function cleanAttributes(attributes: Attributes, isOwn: (address: string) => boolean): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') {
      const classes = value.split(/\s+/).filter(keepsClass);
      if (classes.length > 0) kept.class = classes.join(' ');
    } else if (name === 'href') {
      const address = safeLink(value);
      if (address !== undefined) kept.href = address;
    } else if (name === 'src') {
      if (isOwn(value)) kept.src = value;
    } else if (name === 'srcset') {
      if (srcsetIsOwn(value, isOwn)) kept.srcset = value;
    } else if (VALUE_RULES[name]?.(value) ?? true) kept[name] = value;
  }
  return kept;
}

/** Elements that are nothing without their attribute. */
function isEmptyShell(frame: sanitizeHtml.IFrame): boolean {
  if (frame.tag === 'img') return frame.attribs.src === undefined;
  if (frame.tag === 'source') return frame.attribs.srcset === undefined;
  if (frame.tag !== 'input') return false;
  return frame.attribs.type !== 'checkbox' || frame.attribs.disabled === undefined;
}

const SHARED: sanitizeHtml.IOptions = {
  disallowedTagsMode: 'discard',
  allowedSchemes: [...LINK_PROTOCOLS],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
  allowProtocolRelative: false,
  selfClosing: ['br', 'col', 'hr', 'img', 'input', 'source', 'wbr'],
  nonTextTags: [...DROPPED_WITH_CONTENT],
  parser: { decodeEntities: true, lowerCaseTags: true },
};

/** Void elements as HTML writes them; no `>` stands unescaped in text or in an attribute. */
function withoutSlashes(html: string): string {
  return html.replace(/ \/>/g, '>');
}

function copyOf(attributes: Readonly<Record<string, string[]>>): Record<string, string[]> {
  return structuredClone(attributes);
}

/**
 * The last step of every rendering of a post; nothing is put into the HTML after it.
 * @param pictureUrls addresses of pictures on another host that the operator's storage gave
 */
export function sanitizeRendered(html: string, pictureUrls: ReadonlySet<string>): SafeHtml {
  const isOwn = (address: string): boolean => isLocalFile(address) || pictureUrls.has(address);
  const clean = sanitizeHtml(html, {
    ...SHARED,
    allowedTags: [...POST_ELEMENTS],
    allowedAttributes: copyOf(POST_ATTRIBUTES),
    exclusiveFilter: isEmptyShell,
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(attribs, isOwn) }),
    },
  });
  return brandAsSafe(withoutSlashes(clean));
}

/**
 * Sanitises HTML by the allow-list of posts, without the renderer's rewriting (no picture is looked
 * up, no heading gets an id). HTML nested more than 2,000 elements deep comes back as text.
 */
export function sanitizePostHtml(html: string): SafeHtml {
  try {
    return sanitizeRendered(serializeChildren(parseHtml(html)), new Set());
  } catch (error) {
    if (error instanceof HtmlTooDeepError) return escapeHtml(html);
    throw error;
  }
}

function commentLink(address: string, ownOrigin: string | undefined): Attributes {
  const href = safeLink(address);
  if (href === undefined) return {};
  const isOwn = !isExternal(href) || parseUrl(href)?.origin === ownOrigin;
  return { href, rel: isOwn ? 'nofollow ugc' : 'nofollow ugc noopener' };
}

function listStart(start: string): Attributes {
  return /^\d{1,9}$/.test(start) ? { start } : {};
}

/** Sanitises what the comment parser wrote: a handful of elements, links marked as not ours. */
export function sanitizeComment(html: string, ownOrigin: string | undefined): SafeHtml {
  const clean = sanitizeHtml(html, {
    ...SHARED,
    allowedTags: [...COMMENT_ELEMENTS],
    allowedAttributes: copyOf(COMMENT_ATTRIBUTES),
    transformTags: {
      a: (tagName, { href = '' }) => ({ tagName, attribs: commentLink(href, ownOrigin) }),
      ol: (tagName, { start = '' }) => ({ tagName, attribs: listStart(start) }),
    },
  });
  return brandAsSafe(withoutSlashes(clean));
}
