import { describe, expect, it } from 'vitest';
import { createPost, createTag } from '../support/factories.js';
import { useApp } from '../support/app.js';
import { searchSql } from '#src/blog/search.queries.js';
import { nearestWord } from '#src/blog/search.js';
import { Prisma } from '#src/platform/db.js';

const app = useApp();

async function find(q: string): Promise<string> {
  const { text } = await app.request().get('/search').query({ q }).expect(200);
  return text;
}

describe('search', () => {
  it('finds stems and accents in the language of each post', async () => {
    await createPost(app.db, {
      title: 'Les marées',
      slug: 'marees',
      language: 'fr',
      body: 'Les élèves étudiaient la mer.',
    });
    await createPost(app.db, {
      title: 'Running a harbour',
      slug: 'harbour',
      body: 'Ships were moored.',
    });
    await createPost(app.db, { title: '日本語の記事', slug: 'ja', language: 'ja', body: 'テスト' });
    for (const q of ['élève', 'eleve', 'étudier', 'maree'])
      expect(await find(q), q).toContain('/posts/marees');
    for (const q of ['run', 'harbours', 'ship mooring'])
      expect(await find(q), q).toContain('/posts/harbour');
    expect(await find('日本語')).toContain('/posts/ja');
    expect(await find('harb')).toContain('/posts/harbour');
    expect(await find('bour')).not.toContain('/posts/harbour"');
    expect(await find('本語')).toContain('/posts/ja');
    expect(await find('MARÉ')).toContain('/posts/marees');
    expect(await find('harbour -ships')).not.toContain('/posts/harbour"');
    expect(await find('"moored ships"')).not.toContain('/posts/harbour"');
  });

  it('shows neither drafts nor what is still to come, and shows pages', async () => {
    await createPost(app.db, { title: 'Zebra draft', status: 'draft' });
    await createPost(app.db, { title: 'Zebra private', status: 'private' });
    await createPost(app.db, {
      title: 'Zebra later',
      status: 'scheduled',
      publishedAt: new Date('2026-11-22T00:00:00Z'),
    });
    await createPost(app.db, { title: 'Zebra page', slug: 'zebra-page', kind: 'page' });
    const text = await find('zebra');
    expect(text).toContain('href="/zebra-page"');
    expect(text).toContain('1 result<');
    for (const word of ['draft', 'private', 'later']) expect(text).not.toContain(`Zebra ${word}`);
    expect(await find('zebrra')).toContain('href="/search?q=zebra"');
  });

  it('marks the words found and lets no markup through', async () => {
    await createPost(app.db, {
      title: 'Fog <img src=x onerror=alert(1)>',
      slug: 'fog',
      body: 'A fog bank <script>alert(1)</script> \uE000<b>fog\uE001 & more',
    });
    const text = await find('fog');
    expect(text).toContain('<mark>Fog</mark> &lt;img src=x onerror=alert(1)&gt;');
    expect(text).toContain('<mark>fog</mark> bank');
    expect(text).not.toMatch(/<script>alert|<img src=x|<b>fog/);
    expect(text).not.toMatch(/[\uE000\uE001]/);
  });

  it('asks whether another spelling was meant', async () => {
    const tag = await createTag(app.db, { name: 'Semaphore', slug: 'semaphore' });
    await createPost(app.db, { title: 'The lighthouse ledger', tagIds: [tag.id] });
    expect(await find('lihgthouse')).toContain('href="/search?q=lighthouse"');
    expect(await find('lighthouse ledgr')).toContain('href="/search?q=lighthouse+ledger"');
    expect(await find('semafore')).toContain('href="/search?q=semaphore"');
    expect(await find('lighthouse')).not.toContain('Did you mean');
    expect(await find('qqqqqqqq')).not.toContain('Did you mean');
  });

  it('says nothing about words of posts that are not public', async () => {
    await createPost(app.db, { title: 'Acquisition of Globex', status: 'draft' });
    expect(await find('aquisition')).not.toMatch(/acquisition/i);
  });

  it.each([
    '',
    ' ',
    'a',
    '%',
    '_',
    "'",
    '"',
    '\\',
    '-',
    '!!!',
    '<->',
    'a.b(c[d]e{2}f+g?h*i^j$k|l\\\\m',
    '½⑴…',
    '[[:alpha:]]+',
    '(((((((((((((((((((((',
    '((',
    'a & | !',
    '*',
    '%00',
    'x'.repeat(5000),
    '🙈',
    '<script>',
    "'; DROP TABLE posts; --",
    '\ud800',
    'a:*',
  ])('answers %j', async (q) => {
    await createPost(app.db);
    const text = await find(q);
    expect(text).toContain('role="search"');
    expect(text).toContain('noindex');
    expect(text).not.toContain('<script>"');
  });

  it('refuses a NUL byte as every page does', async () => {
    await app.request().get('/search?q=a%00b').expect(400);
  });

  it('takes a query that is given several times, and refuses a cursor that is not ours', async () => {
    await app.request().get('/search?q=a&q=b').expect(200);
    await app.request().get('/search?q=a&before=zzz').expect(400);
    await app.request().get('/search?q[a]=b').expect(200);
    for (const place of ['zzzzzzzzzz-1', '1z141z4-1', '0-zik0zj', '0-0'])
      await app.request().get(`/search?q=a&before=${place}`).expect(200);
  });

  it('pages through everything once', async () => {
    for (let n = 0; n < 45; n += 1)
      await createPost(app.db, { title: `Tide ${n}`, slug: `tide-${n}` });
    const seen = new Set<string>();
    let next: string | undefined = '/search?q=tide';
    for (let pages = 0; next && pages < 5; pages += 1) {
      const { text }: { text: string } = await app.request().get(next).expect(200);
      for (const [, href = ''] of text.matchAll(/item-title"><a href="([^"]+)"/g)) {
        expect(seen.has(href)).toBe(false);
        seen.add(href);
      }
      next = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen.size).toBe(45);
  });

  it('uses the index', async () => {
    await app.db.$executeRaw`
      INSERT INTO posts (title, slug, status, published_at, plain_text)
      SELECT 'Title ' || n, 'p-' || n, 'published', '2026-01-01', 'word' || n FROM generate_series(1, 5000) n`;
    await app.db.$executeRaw`ANALYZE posts`;
    const plan = await app.db.$queryRaw<{ 'QUERY PLAN': string }[]>(
      Prisma.sql`EXPLAIN ${searchSql('word77', { limit: 20 }, app.clock.now())}`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('posts_search_idx');
    expect(text).toContain('posts_words_idx');
    expect(text).not.toContain('Seq Scan on posts');
  });
});

describe('nearestWord', () => {
  it('takes the word with the fewest edits and nothing too far away', () => {
    expect(nearestWord('fgo', ['Fog and frogs'])).toBe('fog');
    expect(nearestWord('Elève', ['Des élèves'])).toBe('élèves');
    expect(nearestWord('tree', ['A house'])).toBeNull();
    expect(nearestWord('fog', ['Fog'])).toBeNull();
  });
});
