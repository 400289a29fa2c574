import { childrenOf, rawTextIn, textIn, type RecordNode } from './record-tree.js';
import type { WxrAuthor, WxrComment, WxrItem, WxrRecord, WxrTerm } from './wxr.types.js';

function authorOf(node: RecordNode): WxrAuthor {
  return {
    id: textIn(node, 'wp:author_id'),
    login: textIn(node, 'wp:author_login'),
    email: textIn(node, 'wp:author_email'),
    displayName:
      textIn(node, 'wp:author_display_name') ||
      `${textIn(node, 'wp:author_first_name')} ${textIn(node, 'wp:author_last_name')}`.trim(),
  };
}

function categoryOf(node: RecordNode): WxrTerm {
  return {
    id: textIn(node, 'wp:term_id'),
    taxonomy: 'category',
    slug: textIn(node, 'wp:category_nicename'),
    name: textIn(node, 'wp:cat_name'),
    parent: textIn(node, 'wp:category_parent'),
    description: rawTextIn(node, 'wp:category_description').trim(),
  };
}

function tagOf(node: RecordNode): WxrTerm {
  return {
    id: textIn(node, 'wp:term_id'),
    taxonomy: 'post_tag',
    slug: textIn(node, 'wp:tag_slug'),
    name: textIn(node, 'wp:tag_name'),
    parent: '',
    description: rawTextIn(node, 'wp:tag_description').trim(),
  };
}

function termOf(node: RecordNode): WxrTerm {
  return {
    id: textIn(node, 'wp:term_id'),
    taxonomy: textIn(node, 'wp:term_taxonomy'),
    slug: textIn(node, 'wp:term_slug'),
    name: textIn(node, 'wp:term_name'),
    parent: textIn(node, 'wp:term_parent'),
    description: rawTextIn(node, 'wp:term_description').trim(),
  };
}

function commentOf(node: RecordNode): WxrComment {
  return {
    id: textIn(node, 'wp:comment_id'),
    parent: textIn(node, 'wp:comment_parent'),
    author: textIn(node, 'wp:comment_author'),
    email: textIn(node, 'wp:comment_author_email'),
    url: textIn(node, 'wp:comment_author_url'),
    ip: textIn(node, 'wp:comment_author_IP'),
    dateGmt: textIn(node, 'wp:comment_date_gmt'),
    date: textIn(node, 'wp:comment_date'),
    content: rawTextIn(node, 'wp:comment_content'),
    approved: textIn(node, 'wp:comment_approved'),
    type: textIn(node, 'wp:comment_type'),
    userId: textIn(node, 'wp:comment_user_id'),
  };
}

function itemOf(node: RecordNode, line: number): WxrItem {
  return {
    line,
    id: textIn(node, 'wp:post_id'),
    title: textIn(node, 'title'),
    link: textIn(node, 'link'),
    guid: textIn(node, 'guid'),
    creator: textIn(node, 'dc:creator'),
    content: rawTextIn(node, 'content:encoded'),
    excerpt: rawTextIn(node, 'excerpt:encoded'),
    date: textIn(node, 'wp:post_date'),
    dateGmt: textIn(node, 'wp:post_date_gmt'),
    modifiedGmt: textIn(node, 'wp:post_modified_gmt'),
    slug: textIn(node, 'wp:post_name'),
    status: textIn(node, 'wp:status'),
    type: textIn(node, 'wp:post_type'),
    parent: textIn(node, 'wp:post_parent'),
    menuOrder: Number.parseInt(textIn(node, 'wp:menu_order'), 10) || 0,
    commentStatus: textIn(node, 'wp:comment_status'),
    password: textIn(node, 'wp:post_password'),
    sticky: textIn(node, 'wp:is_sticky') === '1',
    attachmentUrl: textIn(node, 'wp:attachment_url'),
    terms: childrenOf(node, 'category').map((term) => ({
      domain: term.attributes.domain ?? 'category',
      slug: term.attributes.nicename ?? '',
      name: term.text.trim(),
    })),
    meta: childrenOf(node, 'wp:postmeta').map((meta) => ({
      key: textIn(meta, 'wp:meta_key'),
      value: rawTextIn(meta, 'wp:meta_value'),
    })),
    comments: childrenOf(node, 'wp:comment').map(commentOf),
  };
}

/** Elements below the channel that are records of their own. */
export const RECORD_ELEMENTS: ReadonlySet<string> = new Set([
  'item',
  'wp:author',
  'wp:category',
  'wp:tag',
  'wp:term',
]);

/** The record of one element below the channel; undefined for any other element. */
export function recordOf(node: RecordNode, line: number): WxrRecord | undefined {
  switch (node.name) {
    case 'item':
      return { kind: 'item', item: itemOf(node, line) };
    case 'wp:author':
      return { kind: 'author', author: authorOf(node) };
    case 'wp:category':
      return { kind: 'term', term: categoryOf(node) };
    case 'wp:tag':
      return { kind: 'term', term: tagOf(node) };
    case 'wp:term':
      return { kind: 'term', term: termOf(node) };
    default:
      return undefined;
  }
}
