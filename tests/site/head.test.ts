import { describe, expect, it } from 'vitest';
import { changeSettings } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import { createPost } from '../support/factories.js';

const app = useApp();

describe('the head of a page', () => {
  it('names page and site, and the site alone at home', async () => {
    await changeSettings(app.db, { title: 'Carnet & Co', description: 'Harbours "only".' });
    const home = await app.request().get('/').expect(200);
    expect(home.text).toContain('<title>Carnet &amp; Co</title>');
    expect(home.text).toContain('<meta name="description" content="Harbours &#34;only&#34;.">');
    const archive = await app.request().get('/archive').expect(200);
    expect(archive.text).toContain('<title>Archive · Carnet &amp; Co</title>');
  });

  it('asks for one style sheet, one font and one script, all from here', async () => {
    const { text } = await app.request().get('/').expect(200);
    const head = text.slice(0, text.indexOf('</head>'));
    const asked = [
      ...head.matchAll(
        /<(?:link rel="(?:stylesheet|preload)"|script type="module") (?:href|src)="([^"]+)"/g,
      ),
    ];
    expect(asked.map((match) => match[1])).toEqual([
      '/assets/fonts/source-serif-4-latin.woff2',
      '/assets/css/site.css',
      '/assets/js/site.js',
    ]);
    for (const [, address = ''] of asked) await app.request().get(address).expect(200);
    expect(head).toMatch(/<link rel="icon" type="image\/svg\+xml" href="data:image\/svg\+xml,/);
  });

  it('tells machines where feeds and search are', async () => {
    const { text } = await app.request().get('/').expect(200);
    for (const address of ['/feed.xml', '/atom.xml', '/feed.json', '/opensearch.xml']) {
      expect(text).toContain(`href="${address}"`);
      await app.request().get(address).expect(200);
    }
  });

  it('holds JSON-LD that nothing in a title can leave', async () => {
    const title = '</script><script>alert(1)</script><!-- & "quoted"';
    await createPost(app.db, { slug: 'hostile', title });
    const { text } = await app.request().get('/posts/hostile').expect(200);
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(title).slice(1, -1));
    expect(text).not.toContain('<script>alert');
  });
});
