import type { PageMeta } from '#src/platform/render.js';

/** The head of a page: what search engines and link previews read. */
export type Head = Pick<
  PageMeta,
  'description' | 'canonical' | 'robots' | 'openGraph' | 'jsonLd' | 'previousPage' | 'nextPage'
>;

/** The site as the head of a page names it. */
export interface SiteIdentity {
  title: string;
  description: string;
  language: string;
  /** Origin without a slash at the end. */
  baseUrl: string;
}

/** A step on the way from the home page. */
export interface Crumb {
  label: string;
  href: string;
}

/** A picture by its path, for link previews. */
export interface PreviewPicture {
  src: string;
  width: number;
  height: number;
  alt: string;
}

/** A post as its head needs it. */
export interface HeadOfPost {
  kind: 'post' | 'page';
  title: string;
  summary: string;
  path: string;
  language: string;
  publishedAt: Date | null;
  updatedAt: Date;
  wordCount: number;
  commentCount: number;
  author: { name: string; path: string } | null;
  section: string | null;
  tags: string[];
  picture: PreviewPicture | null;
}

const DESCRIPTION_LENGTH = 200;

/** At most `length` code units, without half a surrogate pair at the end. */
function beginningOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** One line of at most 200 characters, cut at a word's end: a meta description. */
export function descriptionOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_LENGTH) return line;
  const cut = beginningOf(line, DESCRIPTION_LENGTH - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > DESCRIPTION_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}

/** Open Graph names languages with an underscore and only with a territory. */
function localeOf(language: string): string | undefined {
  const match = /^([a-z]{2,3})-([A-Z]{2})$/.exec(language);
  return match ? `${match[1]}_${match[2]}` : undefined;
}

function defined(pairs: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pairs).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
}

function pictureTags(site: SiteIdentity, picture: PreviewPicture | null) {
  if (!picture) return { 'twitter:card': 'summary' };
  return {
    'og:image': new URL(picture.src, site.baseUrl).href,
    'og:image:width': String(picture.width),
    'og:image:height': String(picture.height),
    'og:image:alt': picture.alt || undefined,
    'twitter:card': 'summary_large_image',
  };
}

/** BreadcrumbList (schema.org): home, the steps, the page itself. */
function breadcrumbList(site: SiteIdentity, crumbs: readonly Crumb[]): object {
  const steps = [{ label: site.title, href: '/' }, ...crumbs];
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.label,
      item: site.baseUrl + step.href,
    })),
  };
}

function article(site: SiteIdentity, post: HeadOfPost): object {
  return {
    '@type': post.kind === 'page' ? 'WebPage' : 'BlogPosting',
    '@id': site.baseUrl + post.path,
    url: site.baseUrl + post.path,
    headline: beginningOf(post.title, 110),
    name: post.title,
    description: descriptionOf(post.summary) || undefined,
    inLanguage: post.language,
    datePublished: post.publishedAt?.toISOString(),
    dateModified: post.updatedAt.toISOString(),
    wordCount: post.wordCount,
    commentCount: post.kind === 'post' ? post.commentCount : undefined,
    articleSection: post.kind === 'post' ? (post.section ?? undefined) : undefined,
    keywords: post.tags.length > 0 ? post.tags.join(', ') : undefined,
    image: post.picture
      ? {
          '@type': 'ImageObject',
          url: new URL(post.picture.src, site.baseUrl).href,
          width: post.picture.width,
          height: post.picture.height,
        }
      : undefined,
    author: post.author
      ? { '@type': 'Person', name: post.author.name, url: site.baseUrl + post.author.path }
      : undefined,
    publisher: { '@type': 'Organization', name: site.title, url: `${site.baseUrl}/` },
    isPartOf: { '@type': 'WebSite', name: site.title, url: `${site.baseUrl}/` },
  };
}

/** Head of a post or page. One that the public cannot read is kept from search engines. */
export function headOfPost(
  site: SiteIdentity,
  post: HeadOfPost,
  crumbs: readonly Crumb[],
  hidden: boolean,
): Head {
  const canonical = site.baseUrl + post.path;
  if (hidden) return { robots: 'noindex, nofollow' };
  const isPost = post.kind === 'post';
  return {
    canonical,
    description: descriptionOf(post.summary) || undefined,
    openGraph: defined({
      'og:type': 'article',
      'og:site_name': site.title,
      'og:title': post.title,
      'og:description': descriptionOf(post.summary),
      'og:url': canonical,
      'og:locale': localeOf(post.language),
      'article:published_time': post.publishedAt?.toISOString(),
      'article:modified_time': post.updatedAt.toISOString(),
      'article:author': post.author ? site.baseUrl + post.author.path : undefined,
      'article:section': isPost ? (post.section ?? undefined) : undefined,
      ...pictureTags(site, post.picture),
    }),
    jsonLd: {
      '@context': 'https://schema.org',
      '@graph': [
        article(site, post),
        breadcrumbList(site, [...crumbs, { label: post.title, href: post.path }]),
      ],
    },
  };
}

/** A list as its head needs it: which page of it, and the pages beside this one. */
export interface HeadOfList {
  title: string;
  description: string;
  /** Path with the query that names this very page. */
  path: string;
  newer: string | null;
  older: string | null;
  /** True for a list that says nothing by itself: empty, or a search. */
  thin?: boolean;
}

/** Head of a list. Pages after the first stay out of the index and let their links be followed. */
export function headOfList(site: SiteIdentity, list: HeadOfList, crumbs: readonly Crumb[]): Head {
  const later = list.path.includes('?');
  const path = list.path.split('?')[0] ?? list.path;
  return {
    canonical: site.baseUrl + list.path,
    description: later ? undefined : descriptionOf(list.description) || undefined,
    robots: later || list.thin ? 'noindex, follow' : undefined,
    previousPage: list.newer ?? undefined,
    nextPage: list.older ?? undefined,
    openGraph: defined({
      'og:type': 'website',
      'og:site_name': site.title,
      'og:title': list.title,
      'og:description': descriptionOf(list.description),
      'og:url': site.baseUrl + path,
      'og:locale': localeOf(site.language),
      'twitter:card': 'summary',
    }),
    jsonLd: later
      ? undefined
      : {
          '@context': 'https://schema.org',
          ...breadcrumbList(site, [...crumbs, { label: list.title, href: path }]),
        },
  };
}

/** WebSite with its search (schema.org), for the home page. */
export function webSite(site: SiteIdentity): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: site.title,
    description: site.description || undefined,
    inLanguage: site.language,
    url: `${site.baseUrl}/`,
    potentialAction: {
      '@type': 'SearchAction',
      target: {
        '@type': 'EntryPoint',
        urlTemplate: `${site.baseUrl}/search?q={search_term_string}`,
      },
      'query-input': 'required name=search_term_string',
    },
  };
}
