import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';

const app = useApp();

const choose = (fields: Record<string, string>, cookie = '') =>
  app.request().post('/preferences').type('form').set('Cookie', cookie).send(fields);

describe('POST /preferences', () => {
  it('keeps the choice in one small cookie and goes back', async () => {
    const answer = await choose({ scheme: 'dark', returnTo: '/archive?x=1' }).expect(303);
    expect(answer.headers.location).toBe('/archive?x=1');
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^prefs=-\.dark; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    const page = await app.request().get('/').set('Cookie', 'prefs=-.dark').expect(200);
    expect(page.text).toContain('data-scheme="dark"');
    expect(page.text).toContain('<meta name="color-scheme" content="dark">');
    expect(page.text).toMatch(/value="dark" aria-pressed="true"/);
  });

  it('changes one choice and keeps the other', async () => {
    const scheme = await choose({ scheme: 'light' }, 'prefs=en.dark').expect(303);
    expect(scheme.headers['set-cookie']?.[0]).toContain('prefs=en.light;');
    const locale = await choose({ locale: 'en' }, 'prefs=-.dark').expect(303);
    expect(locale.headers['set-cookie']?.[0]).toContain('prefs=en.dark;');
    const forgotten = await choose({ locale: '' }, 'prefs=en.dark').expect(303);
    expect(forgotten.headers['set-cookie']?.[0]).toContain('prefs=-.dark;');
  });

  it('refuses what is not offered, and sets nothing', async () => {
    const wrong: Record<string, string>[] = [
      { scheme: 'sepia' },
      { locale: 'xx' },
      { locale: '__proto__' },
    ];
    for (const fields of wrong) {
      const answer = await choose(fields).expect(422);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('goes back to this site only', async () => {
    for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', '']) {
      const answer = await choose({ scheme: 'auto', returnTo }).expect(303);
      expect([returnTo, answer.headers.location]).toEqual([returnTo, '/']);
    }
  });

  it('is nothing that a page of another site can do', async () => {
    const answer = await choose({ scheme: 'dark' }).set('Sec-Fetch-Site', 'cross-site').expect(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('reads no cookie that it did not write', async () => {
    const page = await app.request().get('/').set('Cookie', 'prefs="><script>.sepia').expect(200);
    expect(page.text).not.toContain('sepia');
    expect(page.text).not.toContain('data-scheme');
  });
});

describe('pages for people without a session', () => {
  it('are the same for everybody, set no cookie and vary by what they depend on', async () => {
    const one = await app.request().get('/').set('User-Agent', 'one');
    const two = await app.request().get('/').set('User-Agent', 'two').set('Cookie', 'other=1');
    expect(one.text).toBe(two.text);
    expect(one.headers['set-cookie']).toBeUndefined();
    expect(one.headers.vary).toContain('Accept-Language');
    expect(one.headers.vary).toContain('Cookie');
  });
});
