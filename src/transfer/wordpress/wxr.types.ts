/** The site a WXR file was exported from. */
export interface WxrSite {
  title: string;
  description: string;
  /** `wp:base_blog_url`, or the channel's link: where posts stood. */
  address: string;
  language: string;
  /** `wp:wxr_version`, 1.0 to 1.2. */
  version: string;
}

/** One of the file's authors. `id` is WordPress's user id, where the file has it. */
export interface WxrAuthor {
  id: string;
  login: string;
  email: string;
  displayName: string;
}

/** A category, tag or other term; parents are named by slug. */
export interface WxrTerm {
  id: string;
  /** `category`, `post_tag`, `nav_menu` … */
  taxonomy: string;
  slug: string;
  name: string;
  parent: string;
  description: string;
}

/** A term as an item carries it. */
export interface WxrItemTerm {
  domain: string;
  slug: string;
  name: string;
}

export interface WxrComment {
  id: string;
  parent: string;
  author: string;
  email: string;
  url: string;
  ip: string;
  /** As written, `YYYY-MM-DD HH:MM:SS`, in UTC and in the site's zone. */
  dateGmt: string;
  date: string;
  content: string;
  /** `1`, `0`, `spam`, `trash`. */
  approved: string;
  /** Empty or `comment`, `pingback`, `trackback`, or a plugin's own. */
  type: string;
  userId: string;
}

export interface WxrMeta {
  key: string;
  value: string;
}

/** A post, page, attachment, menu line or any other post type. */
export interface WxrItem {
  /** Line of the file where the item begins. */
  line: number;
  id: string;
  title: string;
  link: string;
  guid: string;
  creator: string;
  content: string;
  excerpt: string;
  date: string;
  dateGmt: string;
  modifiedGmt: string;
  slug: string;
  status: string;
  type: string;
  parent: string;
  menuOrder: number;
  commentStatus: string;
  password: string;
  sticky: boolean;
  attachmentUrl: string;
  terms: WxrItemTerm[];
  meta: WxrMeta[];
  comments: WxrComment[];
}

/** What reading a WXR file yields, in the file's order. */
export type WxrRecord =
  | { kind: 'site'; site: WxrSite }
  | { kind: 'author'; author: WxrAuthor }
  | { kind: 'term'; term: WxrTerm }
  | { kind: 'item'; item: WxrItem };
