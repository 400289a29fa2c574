import { describe, expect, it } from 'vitest';
import { changeSettings } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import {
  createCategory,
  createMedia,
  createPost,
  createTag,
  createUser,
} from '../support/factories.js';
import { all, linkOf, one, parseXml, textOf, type XmlElement } from './reading.js';

const app = useApp();

async function rss(path = '/feed.xml'): Promise<XmlElement> {
  const answer = await app.request().get(path).expect(200);
  expect(answer.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
  return one(parseXml(answer.text), 'channel');
}

async function atom(path = '/atom.xml'): Promise<XmlElement> {
  const answer = await app.request().get(path).expect(200);
  expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  return parseXml(answer.text);
}

interface JsonFeed {
  [key: string]: unknown;
  items: Record<string, unknown>[];
}

async function json(path = '/feed.json'): Promise<JsonFeed> {
  const answer = await app
    .request()
    .get(path)
    .buffer(true)
    .parse((res, done) => {
      let text = '';
      res.on('data', (chunk: Buffer) => (text += chunk.toString()));
      res.on('end', () => done(null, text));
    });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/feed+json; charset=utf-8');
  return JSON.parse(answer.body as string) as JsonFeed;
}

/** One post with all there is to say. */
async function fullPost() {
  await changeSettings(app.db, {
    title: 'Harbour & <Quay>',
    description: 'Notes',
    language: 'en-GB',
  });
  const author = await createUser(app.db, { username: 'ines', displayName: 'Inès "L" <b>' });
  const category = await createCategory(app.db, { name: 'Fog & wind', slug: 'fog' });
  const tag = await createTag(app.db, { name: 'räume', slug: 'raeume' });
  const cover = await createMedia(app.db, { bytes: 4321 });
  return createPost(app.db, {
    title: 'A <b>bold</b> & long title',
    slug: '日本',
    language: 'he',
    excerpt: 'Words & more',
    html: '<p>See <a href="/about">us</a>, <a href="#fn-1">1</a> ]]> <img src="/media/x.jpg" srcset="/media/a.jpg 480w, /media/b.jpg 960w" sizes="1px" loading="lazy"></p>',
    authorId: author.id,
    categoryId: category.id,
    tagIds: [tag.id],
    coverId: cover.id,
    createdAt: new Date('2026-10-01T10:00:00Z'),
    updatedAt: new Date('2026-11-21T11:30:00.500Z'),
  });
}

const url = 'http://blog.test/posts/%E6%97%A5%E6%9C%AC';
const html = `<p>See <a href="http://blog.test/about">us</a>, <a href="${url}#fn-1">1</a> ]]&gt; <img src="http://blog.test/media/x.jpg" srcset="http://blog.test/media/a.jpg 480w, http://blog.test/media/b.jpg 960w"></p>`;

describe('RSS 2.0', () => {
  it('has what the specification asks for, and the whole post', async () => {
    const post = await fullPost();
    const channel = await rss();
    expect(textOf(channel, 'title')).toBe('Harbour & <Quay>');
    expect(textOf(channel, 'link')).toBe('http://blog.test/');
    expect(textOf(channel, 'description')).toBe('Notes');
    expect(textOf(channel, 'language')).toBe('en-GB');
    expect(textOf(channel, 'lastBuildDate')).toBe('Sat, 21 Nov 2026 11:30:00 GMT');
    expect(linkOf(channel, 'self', 'atom:link')).toBe('http://blog.test/feed.xml');
    expect(linkOf(channel, 'next', 'atom:link')).toBeUndefined();
    const item = one(channel, 'item');
    expect(textOf(item, 'title')).toBe('A <b>bold</b> & long title');
    expect(textOf(item, 'link')).toBe(url);
    expect(one(item, 'guid')).toMatchObject({
      text: `tag:blog.test,2026-10-01:post/${post.id}`,
      attributes: { isPermaLink: 'false' },
    });
    expect(textOf(item, 'pubDate')).toBe('Sat, 21 Nov 2026 11:00:00 GMT');
    expect(textOf(item, 'dc:creator')).toBe('Inès "L" <b>');
    expect(textOf(item, 'dc:language')).toBe('he');
    expect(all(item, 'category').map((topic) => topic.text)).toEqual(['Fog & wind', 'räume']);
    expect(textOf(item, 'description')).toBe('Words & more');
    expect(textOf(item, 'content:encoded')).toBe(html);
    expect(one(item, 'enclosure').attributes).toMatchObject({ length: '4321', type: 'image/jpeg' });
    expect(one(item, 'enclosure').attributes.url).toMatch(/^http:\/\/blog\.test\/media\/.+\.jpg$/);
  });

  it('writes every date as RFC 822 has it', async () => {
    await fullPost();
    const channel = await rss();
    const rfc822 =
      /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
    expect(textOf(channel, 'lastBuildDate')).toMatch(rfc822);
    expect(textOf(one(channel, 'item'), 'pubDate')).toMatch(rfc822);
  });
});

describe('Atom 1.0', () => {
  it('has what RFC 4287 asks for, and the whole post', async () => {
    const post = await fullPost();
    const feed = await atom();
    expect(feed.name).toBe('feed');
    expect(feed.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2005/Atom',
      'xml:lang': 'en-GB',
    });
    expect(textOf(feed, 'id')).toBe('http://blog.test/');
    expect(textOf(feed, 'title')).toBe('Harbour & <Quay>');
    expect(textOf(feed, 'subtitle')).toBe('Notes');
    expect(textOf(feed, 'updated')).toBe('2026-11-21T11:30:00.500Z');
    expect(linkOf(feed, 'self')).toBe('http://blog.test/atom.xml');
    expect(linkOf(feed, 'alternate')).toBe('http://blog.test/');
    expect(textOf(one(feed, 'author'), 'name')).toBe('Harbour & <Quay>');
    const entry = one(feed, 'entry');
    expect(entry.attributes['xml:lang']).toBe('he');
    expect(textOf(entry, 'id')).toBe(`tag:blog.test,2026-10-01:post/${post.id}`);
    expect(textOf(entry, 'title')).toBe('A <b>bold</b> & long title');
    expect(textOf(entry, 'published')).toBe('2026-11-21T11:00:00.000Z');
    expect(textOf(entry, 'updated')).toBe('2026-11-21T11:30:00.500Z');
    expect(linkOf(entry, 'alternate')).toBe(url);
    expect(linkOf(entry, 'enclosure')).toMatch(/^http:\/\/blog\.test\/media\//);
    expect(textOf(one(entry, 'author'), 'uri')).toBe('http://blog.test/authors/ines');
    expect(all(entry, 'category').map((topic) => topic.attributes)).toEqual([
      { term: 'fog', scheme: 'http://blog.test/categories/', label: 'Fog & wind' },
      { term: 'raeume', scheme: 'http://blog.test/tags/', label: 'räume' },
    ]);
    expect(one(entry, 'content')).toMatchObject({
      text: html,
      attributes: { type: 'html', 'xml:base': url },
    });
  });
});

describe('JSON Feed 1.1', () => {
  it('has what the specification asks for, and the whole post', async () => {
    const post = await fullPost();
    const feed = await json();
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Harbour & <Quay>',
      home_page_url: 'http://blog.test/',
      feed_url: 'http://blog.test/feed.json',
      description: 'Notes',
      language: 'en-GB',
      authors: [{ name: 'Harbour & <Quay>', url: 'http://blog.test/' }],
    });
    expect(feed.items).toEqual([
      {
        id: `tag:blog.test,2026-10-01:post/${post.id}`,
        url,
        title: 'A <b>bold</b> & long title',
        content_html: html,
        summary: 'Words & more',
        image: expect.stringMatching(/^http:\/\/blog\.test\/media\//) as string,
        date_published: '2026-11-21T11:00:00.000Z',
        date_modified: '2026-11-21T11:30:00.500Z',
        authors: [{ name: 'Inès "L" <b>', url: 'http://blog.test/authors/ines' }],
        tags: ['Fog & wind', 'räume'],
        language: 'he',
        attachments: [
          {
            url: expect.stringMatching(/^http:\/\/blog\.test\/media\//) as string,
            mime_type: 'image/jpeg',
            size_in_bytes: 4321,
          },
        ],
      },
    ]);
  });
});

describe('an empty site', () => {
  it('has valid feeds without entries', async () => {
    const channel = await rss();
    expect(all(channel, 'item')).toEqual([]);
    expect(textOf(channel, 'description')).toBe('Billet');
    const feed = await atom();
    expect(all(feed, 'entry')).toEqual([]);
    expect(Date.parse(textOf(feed, 'updated'))).not.toBeNaN();
    expect((await json()).items).toEqual([]);
  });
});

describe('awkward posts', () => {
  it('with control characters, emoji, right-to-left text and a lone surrogate stay well-formed', async () => {
    await createPost(app.db, {
      title: 'a\u0001b\u0008 😀 שלום \ufffe',
      html: '<p>\u000b👩‍👩‍👧 &lt;\u001f مرحبا</p>',
      excerpt: '\u0002x',
    });
    const item = one(await rss(), 'item');
    expect(textOf(item, 'title')).toBe('ab 😀 שלום ');
    expect(textOf(item, 'content:encoded')).toBe('<p>👩‍👩‍👧 &lt; مرحبا</p>');
    expect(textOf(one(await atom(), 'entry'), 'summary')).toBe('x');
    expect((await json()).items[0]?.content_html).toBe('<p>👩‍👩‍👧 &lt; مرحبا</p>');
  });

  it('without title, author or text have a name and are valid', async () => {
    await createPost(app.db, { title: '', authorId: null, html: '', autoExcerpt: '' });
    const item = one(await rss(), 'item');
    expect(textOf(item, 'title')).toContain('21 November 2026');
    expect(all(item, 'dc:creator')).toEqual([]);
    expect(all(one(await atom(), 'entry'), 'author')).toEqual([]);
    expect((await json()).items[0]).not.toHaveProperty('authors');
  });
});
