import type { FeedDocument, FeedPost } from './document.js';
import { legal } from './xml.js';

function item(post: FeedPost): object {
  const { cover } = post;
  return {
    id: post.id,
    url: post.url,
    title: post.title,
    content_html: legal(post.html),
    summary: post.summary || undefined,
    image: cover?.url,
    date_published: post.publishedAt.toISOString(),
    date_modified: post.updatedAt.toISOString(),
    authors: post.author ? [post.author] : undefined,
    tags: post.topics.length > 0 ? post.topics.map((topic) => topic.name) : undefined,
    language: post.language,
    attachments: cover
      ? [{ url: cover.url, mime_type: cover.mime, size_in_bytes: cover.bytes }]
      : undefined,
  };
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function writeJsonFeed(feed: FeedDocument): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    description: feed.description || undefined,
    next_url: feed.nextUrl ?? undefined,
    language: feed.language,
    authors: [feed.site],
    items: feed.posts.map(item),
  });
}
