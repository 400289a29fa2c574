import { describe, expect, it } from 'vitest';
import { changeSettings } from '#src/site/index.js';
import { useApp } from '../support/app.js';
import { one, parseXml, textOf } from './reading.js';

const app = useApp();

describe('robots.txt', () => {
  it('keeps crawlers from forms and names the sitemap', async () => {
    const answer = await app.request().get('/robots.txt').expect(200);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = answer.text.split('\n');
    expect(lines[0]).toBe('User-agent: *');
    expect(lines).toContain('Disallow: /admin/');
    expect(lines).toContain('Disallow: /search?');
    expect(lines).toContain('Sitemap: http://blog.test/sitemap.xml');
    expect(lines).not.toContain('Disallow: /');
  });

  it('bars only what it names', async () => {
    const { text } = await app.request().get('/robots.txt').expect(200);
    const rules = text
      .split('\n')
      .flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? [])
      .map((rule) => new RegExp(`^${rule.replace(/[.?/]/g, '\\$&')}`));
    const barred = (path: string): boolean => rules.some((rule) => rule.test(path));
    expect(
      ['/admin', '/admin/posts', '/search?q=x', '/login?returnTo=/', '/setup'].map(barred),
    ).not.toContain(false);
    expect(
      ['/', '/admin-life', '/searching', '/posts/login', '/feed.xml', '/setup-guide'].map(barred),
    ).not.toContain(true);
  });
});

describe('opensearch.xml', () => {
  it('describes the search within the lengths that OpenSearch 1.1 allows', async () => {
    await changeSettings(app.db, {
      title: 'Quay & harbour notebooks 👩‍👩‍👧',
      description: '',
      language: 'fr',
    });
    const answer = await app.request().get('/opensearch.xml').expect(200);
    expect(answer.headers['content-type']).toBe(
      'application/opensearchdescription+xml; charset=utf-8',
    );
    const root = parseXml(answer.text);
    expect(root.name).toBe('OpenSearchDescription');
    expect(textOf(root, 'ShortName')).toBe('Quay & harbour n');
    expect(textOf(root, 'LongName')).toContain('notebooks 👩‍👩‍👧');
    expect(textOf(root, 'Description')).not.toBe('');
    expect(one(root, 'Url').attributes.template).toBe('http://blog.test/search?q={searchTerms}');
    expect(textOf(root, 'Language')).toBe('fr');
  });
});

describe('security.txt', () => {
  it('is not there without a contact', async () => {
    await app.request().get('/.well-known/security.txt').expect(404);
  });

  it('has the fields of RFC 9116 and an end within a year', async () => {
    await changeSettings(app.db, { securityEmail: 'security@blog.test' });
    const { text, headers } = await app.request().get('/.well-known/security.txt').expect(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const fields = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
    );
    expect(fields.get('Contact')).toBe('mailto:security@blog.test');
    expect(fields.get('Canonical')).toBe('http://blog.test/.well-known/security.txt');
    expect(fields.get('Preferred-Languages')).toContain('en');
    const end = Date.parse(fields.get('Expires') ?? '');
    expect(end).toBeGreaterThan(app.clock.now().getTime());
    expect(end).toBeLessThan(app.clock.now().getTime() + 366 * 24 * 3_600_000);
  });
});
