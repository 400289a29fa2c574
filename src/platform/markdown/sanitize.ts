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
const VALUE_RULES = new Map<string, (value: string) => boolean>(
  Object.entries({
    cite: isExternal,
    colspan: (value: string) => /^[1-9]\d{0,2}$/.test(value),
    'data-embed': (value: string) => /^(?:youtube|vimeo|dailymotion|peertube)$/.test(value),
    'data-embed-src': (value: string) => value.startsWith('https://'),
    datetime: (value: string) => /^[\dTZPWYMDHS:+. -]{4,40}$/i.test(value),
    decoding: (value: string) => value === 'async',
    dir: (value: string) => /^(?:ltr|rtl|auto)$/i.test(value),
    headers: (value: string) => KEPT_ID.test(value),
    height: (value: string) => DIGITS.test(value),
    hreflang: (value: string) => /^[a-z\d-]{2,35}$/i.test(value),
    lang: (value: string) => /^[a-z\d-]{2,35}$/i.test(value),
    loading: (value: string) => value === 'lazy',
    rel: (value: string) => /^[a-z ]{2,80}$/.test(value),
    role: (value: string) => ROLES.has(value),
    rowspan: (value: string) => /^[1-9]\d{0,2}$/.test(value),
    scope: (value: string) => /^(?:row|col|rowgroup|colgroup)$/.test(value),
    sizes: (value: string) => /^[\w():., -]{1,200}$/.test(value),
    span: (value: string) => /^[1-9]\d{0,2}$/.test(value),
    start: (value: string) => /^-?\d{1,9}$/.test(value),
    tabindex: (value: string) => value === '0',
    type: (value: string) => /^(?:[1aAiI]|checkbox|image\/webp)$/.test(value),
    value: (value: string) => /^-?\d{1,9}$/.test(value),
    width: (value: string) => DIGITS.test(value),
  }),
);

/** What one sanitising has to remember. */
interface Scope {
  isOwn: (address: string) => boolean;
  ids: Set<string>;
}

/** The value that an attribute may have, or undefined for none. */
function cleanValue(name: string, value: string, { isOwn, ids }: Scope): string | undefined {
  switch (name) {
    case 'checked':
    case 'disabled':
    case 'open':
    case 'reversed':
      return '';
    case 'class':
      return value.split(/\s+/).filter(keepsClass).join(' ') || undefined;
    case 'href':
      return safeLink(value);
    case 'src':
      return isOwn(value) ? value : undefined;
    case 'srcset':
      return srcsetIsOwn(value, isOwn) ? value : undefined;
    case 'id':
      return KEPT_ID.test(value) && !ids.has(value) ? value : undefined;
    default:
      return (VALUE_RULES.get(name)?.(value) ?? true) ? value : undefined;
  }
}

function cleanAttributes(attributes: Attributes, scope: Scope): Attributes {
  const kept: Attributes = {};
  for (const [name, given] of Object.entries(attributes)) {
    const value = cleanValue(name, given, scope);
    if (value === undefined) continue;
    kept[name] = value;
    if (name === 'id') scope.ids.add(value);
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
  const scope: Scope = {
    isOwn: (address) => isLocalFile(address) || pictureUrls.has(address),
    ids: new Set(),
  };
  const clean = sanitizeHtml(html, {
    ...SHARED,
    allowedTags: [...POST_ELEMENTS],
    allowedAttributes: copyOf(POST_ATTRIBUTES),
    exclusiveFilter: isEmptyShell,
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(attribs, scope) }),
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
