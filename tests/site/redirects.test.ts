import { describe, expect, it } from 'vitest';
import { addRedirect, addRedirects } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';

const app = useApp();

const rows = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await app.db.redirect.findMany()).map((row) => [row.source, row.target]));

describe('addresses that have moved', () => {
  it('answer 301 to reading and 308 to anything else', async () => {
    await addRedirect(app.db, '/2012/01/07/fog/', '/posts/fog');
    const read = await app.request().get('/2012/01/07/fog').expect(301);
    expect(read.headers.location).toBe('/posts/fog');
    await app.request().head('/2012/01/07/fog').expect(301);
    const sent = await app.request().post('/2012/01/07/fog').expect(308);
    expect(sent.headers.location).toBe('/posts/fog');
  });

  it('are found with their query first, then by the path alone', async () => {
    await addRedirects(app.db, ['/old?page=2'], '/posts/two');
    await addRedirects(app.db, ['/old'], '/posts/one');
    expect((await app.request().get('/old?page=2')).headers.location).toBe('/posts/two');
    expect((await app.request().get('/old?utm_source=x')).headers.location).toBe('/posts/one');
  });

  it('include the queries of WordPress without permalinks, which are the home page here', async () => {
    await addRedirect(app.db, '/?p=1241', '/posts/markup');
    expect((await app.request().get('/?p=1241').expect(301)).headers.location).toBe(
      '/posts/markup',
    );
    await app.request().get('/?p=9').expect(200);
    await app.request().get('/').expect(200);
  });

  it('are the same in every spelling of their characters', async () => {
    await addRedirect(app.db, '/2011/%CE%B5%CE%BB/', '/posts/greek#h-one');
    for (const path of ['/2011/%CE%B5%CE%BB', '/2011/%ce%b5%ce%bb', '/2011/%CE%B5%CE%BB?x=1']) {
      const answer = await app.request().get(path);
      expect([path, answer.status, answer.headers.location]).toEqual([
        path,
        301,
        '/posts/greek#h-one',
      ]);
    }
  });

  it('never hide what is there', async () => {
    await createPost(app.db, { slug: 'here' });
    await addRedirect(app.db, '/posts/here', '/posts/there');
    await app.request().get('/posts/here').expect(200);
  });

  it('stay flat: a chain becomes one step, and a way back ends the loop', async () => {
    await addRedirect(app.db, '/a', '/b');
    await addRedirect(app.db, '/b', '/c');
    expect(await rows()).toEqual({ '/a': '/c', '/b': '/c' });
    await addRedirect(app.db, '/c', '/a');
    expect(await rows()).toEqual({ '/b': '/a', '/c': '/a' });
    await addRedirect(app.db, '/a', '/a');
    expect(await rows()).toEqual({ '/b': '/a', '/c': '/a' });
  });

  it('lead to this site only, and come from it', async () => {
    await expect(addRedirect(app.db, '/x', 'https://evil.example/')).rejects.toThrow();
    await expect(addRedirect(app.db, '/x', '//evil.example')).rejects.toThrow();
    expect(await addRedirects(app.db, ['https://evil.example/', '//evil', '/fine'], '/to')).toBe(1);
    expect(await rows()).toEqual({ '/fine': '/to' });
  });
});
