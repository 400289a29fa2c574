import { expect, test } from 'vitest';
import { useApp } from '../support/app.js';
import { createUser } from '../support/factories.js';
import { importFile, smallSite, snapshot } from './small-site.js';

const app = useApp();

function post(slug: string) {
  return app.db.post.findFirstOrThrow({
    where: { slug },
    include: {
      author: true,
      category: true,
      categories: { include: { category: true } },
      tags: { include: { tag: true } },
      revisions: true,
      comments: { orderBy: { id: 'asc' } },
    },
  });
}

test('a post comes with its text, terms, author, date and revision', async () => {
  await importFile(app, smallSite);
  const sextant = await post('brass-sextant');
  expect(sextant).toMatchObject({
    kind: 'post',
    status: 'published',
    title: 'The brass sextant & its case',
    excerpt: 'A short word & more',
    sticky: true,
    commentsOpen: true,
    language: 'en-GB',
    commentCount: 3,
  });
  expect(sextant.publishedAt?.toISOString()).toBe('2020-03-05T09:00:00.000Z');
  expect(sextant.author).toMatchObject({
    username: 'maud-perrin',
    displayName: 'Maud & the Boat',
    email: 'maud@quay.example',
    passwordHash: null,
    role: 'author',
  });
  expect(sextant.category?.name).toBe('Sextants & Octants');
  expect(sextant.categories.map(({ category }) => category.slug).sort()).toEqual([
    'instruments',
    'sextants',
  ]);
  expect(sextant.tags.map(({ tag }) => tag.name).sort()).toEqual(['Brass', 'Unlisted']);
  expect(sextant.revisions).toMatchObject([{ version: 1, body: sextant.body }]);
  expect(sextant.body).toContain('First line\\\nsecond line');
  expect(sextant.body).toContain('[the tables](/posts/tide-tables#june)');
  expect(sextant.body).toContain('[about page](/about)');
  expect(sextant.body).toContain('[nowhere](http://quay.example/blog/nowhere/)');
  expect(sextant.body).toContain('[elsewhere](https://elsewhere.example/)');
  expect(sextant.body).toContain('<!--more-->');
  expect(sextant.body).toContain('```python\nif a < b:\n    print("[gallery]")\n\ndone()\n```');
  expect(sextant.body).toContain('and [gallery] and [sic].');
  expect(sextant.body).not.toContain('alert(1)');
  expect(sextant.html).not.toContain(
    'quay.example/blog/wp-content/uploads/2020/03/sextant-300x200.jpg',
  );
  expect(sextant.html).not.toMatch(/<img|<script/);
});

test('statuses, dates without a zone, and trash', async () => {
  await app.db.setting.create({ data: { key: 'timeZone', value: 'Europe/Paris' } });
  await importFile(app, smallSite);
  const rows = await app.db.post.findMany({ orderBy: { id: 'asc' }, where: { kind: 'post' } });
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  expect(bySlug.get('tide-tables')).toMatchObject({
    status: 'private',
    publishedAt: new Date('2020-03-31T22:00:00.000Z'),
  });
  expect(bySlug.get('tide-tables-2')).toMatchObject({ status: 'private' });
  expect(bySlug.get('post-104')).toMatchObject({ status: 'draft', publishedAt: null, title: '' });
  expect(bySlug.get('almanac')).toMatchObject({
    status: 'scheduled',
    publishedAt: new Date('2035-01-01T08:00:00.000Z'),
  });
  expect(bySlug.get('thrown-away')).toMatchObject({
    status: 'trashed',
    trashedFrom: 'published',
    trashedAt: new Date(1_600_000_000_000),
  });
  expect(bySlug.get('שעון')).toMatchObject({ status: 'published', language: 'he' });
});

test('pages keep off the routes, and old addresses lead to the new ones', async () => {
  await importFile(app, smallSite);
  const pages = await app.db.post.findMany({ where: { kind: 'page' }, orderBy: { id: 'asc' } });
  expect(pages.map((page) => page.slug)).toEqual(['about', 'contact-page']);
  const moved = async (address: string): Promise<string | undefined> =>
    (await app.request().get(address).redirects(0)).headers.location;
  expect(await moved('/blog/2020/03/brass-sextant')).toBe('/posts/brass-sextant');
  expect(await moved('/blog/2020/03/old-sextant')).toBe('/posts/brass-sextant');
  expect(await moved('/blog/about/contact')).toBe('/contact-page');
  expect(await moved('/blog/category/instruments/sextants')).toBe('/categories/sextants');
  expect(await moved('/blog/tag/brass-2')).toBe('/tags/brass');
  expect(await moved('/blog/author/maud-perrin')).toBe('/authors/maud-perrin');
  expect(await moved('/blog/feed')).toBe('/feed.xml');
  expect(await moved('/blog/2020/03/brass-sextant/case')).toBe('/posts/brass-sextant');
  expect(await moved('/blog/?p=101')).toBe('/blog?p=101');
  expect(await moved('/blog?p=101')).toBe('/posts/brass-sextant');
  expect(await moved('/blog/2021/01/%D7%A9%D7%A2%D7%95%D7%9F')).toBe(
    `/posts/${encodeURIComponent('שעון')}`,
  );
});

test('people: shared and broken addresses, an account that is here already', async () => {
  const here = await createUser(app.db, {
    email: 'MAUD@quay.example',
    username: 'maud',
    role: 'editor',
  });
  const { report } = await importFile(app, smallSite);
  const users = await app.db.user.findMany({
    orderBy: { id: 'asc' },
    select: { username: true, email: true, role: true },
  });
  expect(users).toEqual([
    { username: 'maud', email: 'MAUD@quay.example', role: 'editor' },
    { username: 'twin', email: 'twin@quay.example.invalid', role: 'author' },
    { username: 'nomail', email: 'nomail@quay.example.invalid', role: 'author' },
    { username: 'ghost', email: 'ghost@quay.example.invalid', role: 'author' },
  ]);
  expect((await post('brass-sextant')).authorId).toBe(here.id);
  expect((await post('tide-tables')).authorId).toBe(here.id);
  expect(report.warnings.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['accountReused', 'emailTaken', 'emailMissing', 'creatorMended']),
  );
});

test('the category tree survives a circle, and tags of one name are one', async () => {
  await importFile(app, smallSite);
  const categories = await app.db.category.findMany({ include: { parent: true } });
  const parent = (slug: string) => categories.find((row) => row.slug === slug)?.parent?.slug;
  expect(parent('sextants')).toBe('instruments');
  expect([parent('ring-a'), parent('ring-b')]).toEqual([undefined, undefined]);
  expect(categories.find((row) => row.slug === 'instruments')).toMatchObject({
    description: 'What one measures with',
    postCount: 1,
  });
  expect((await app.db.tag.findMany({ orderBy: { name: 'asc' } })).map((tag) => tag.name)).toEqual([
    'Brass',
    'oil water',
    'Unlisted',
  ]);
});

test('comments: threads, status, people, addresses', async () => {
  await importFile(app, smallSite);
  const { comments } = await post('brass-sextant');
  const by = (name: string) => comments.find((comment) => comment.authorName === name);
  const [first, second, third, fourth] = ['Ann & Co', 'Maud', 'Third', 'Fourth'].map(by);
  expect(first).toMatchObject({
    depth: 1,
    parentId: null,
    threadId: null,
    status: 'approved',
    authorEmail: 'ann@mail.example',
    authorUrl: 'http://ann.example/',
    address: '203.0.113.7',
    replyCount: 1,
  });
  expect(first?.html).toContain('<strong>good</strong> *star*');
  expect(second).toMatchObject({ depth: 2, parentId: first?.id, threadId: first?.id });
  expect(second?.authorId).toBe((await post('brass-sextant')).authorId);
  expect(third).toMatchObject({
    depth: 3,
    parentId: second?.id,
    threadId: first?.id,
    status: 'pending',
    authorEmail: null,
    authorUrl: null,
    address: null,
  });
  expect(fourth).toMatchObject({ depth: 3, parentId: second?.id, threadId: first?.id });
  expect(by('Orphan')).toMatchObject({ depth: 1, parentId: null, status: 'spam' });
  expect(by('A ping')).toMatchObject({
    kind: 'pingback',
    status: 'trash',
    authorUrl: 'https://pinger.example/',
  });
  expect(by('Shop')).toBeUndefined();
});

test('the main menu and the one for the foot; the others are reported', async () => {
  const { report } = await importFile(app, smallSite);
  const lines = await app.db.menuItem.findMany({
    include: { post: true, category: true },
    orderBy: { id: 'asc' },
  });
  const about = lines.find((line) => line.post?.slug === 'about');
  expect(
    lines.map(({ location, label, url, parentId, category }) => ({
      location,
      label,
      url,
      parentId,
      category: category?.slug,
    })),
  ).toEqual([
    { location: 'main', label: 'Home', url: '/', parentId: null, category: undefined },
    { location: 'main', label: '', url: null, parentId: null, category: undefined },
    { location: 'main', label: 'Sextants', url: null, parentId: about?.id, category: 'sextants' },
    {
      location: 'footer',
      label: 'Elsewhere',
      url: 'https://elsewhere.example/',
      parentId: null,
      category: undefined,
    },
  ]);
  expect(report.warnings.find(({ reason }) => reason === 'menuLeftOut')?.items[0]?.label).toBe(
    'Old one',
  );
  expect(report.counts.menuItem).toEqual({ created: 4, existing: 0, skipped: 2 });
  const lost = report.warnings.filter(({ reason }) => /^menu(?:LeftOut|Target)$/.test(reason));
  expect(lost.reduce((sum, { count }) => sum + count, 0)).toBe(2);
});

test('what has no place here is told, grouped and counted', async () => {
  const { report } = await importFile(app, smallSite);
  const told = Object.fromEntries(report.warnings.map(({ reason, count }) => [reason, count]));
  expect(told).toMatchObject({
    postFormat: 1,
    customField: 1,
    pluginField: 1,
    template: 1,
    password: 1,
    dynamicBlock: 1,
    unknownShortcode: 1,
    script: 1,
    unknownLink: 1,
    notPicture: 1,
    postType: 1,
    postStatus: 1,
    duplicate: 2,
    taxonomy: 1,
    commentType: 1,
    commentParent: 1,
    commentDepth: 1,
    commentAddress: 1,
    slugChanged: 1,
    reservedSlug: 1,
    pageTree: 1,
    menuTarget: 1,
  });
  expect(report.counts).toMatchObject({
    post: { created: 7, existing: 0, skipped: 1 },
    page: { created: 2, existing: 0, skipped: 1 },
    comment: { created: 6, existing: 0, skipped: 1 },
    picture: { created: 2, existing: 0, skipped: 1 },
    tag: { existing: 0, skipped: 1 },
  });
});

test('a second run changes nothing, not even what was edited or deleted here', async () => {
  await importFile(app, smallSite);
  await app.db.post.update({
    where: { kind_slug: { kind: 'post', slug: 'brass-sextant' } },
    data: { title: 'Ours now' },
  });
  await app.db.post.delete({ where: { kind_slug: { kind: 'post', slug: 'tide-tables-2' } } });
  const before = await snapshot(app, ['import_runs', 'media_fetches']);
  const { report } = await importFile(app, smallSite);
  const after = await snapshot(app, ['import_runs', 'media_fetches']);
  expect(after).toEqual(before);
  expect(Object.values(report.counts).map(({ created }) => created)).toEqual(
    Object.values(report.counts).map(() => 0),
  );
});

test('a dry run reports the same and leaves nothing', async () => {
  const before = await snapshot(app);
  const tried = await importFile(app, smallSite, { dryRun: true });
  expect(await snapshot(app)).toEqual(before);
  const jobs = await app.db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::integer AS count FROM graphile_worker._private_jobs`;
  expect(jobs[0]?.count).toBe(0);
  const real = await importFile(app, smallSite);
  expect({ ...tried.report, dryRun: false }).toEqual(real.report);
});
