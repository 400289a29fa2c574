import { describe, expect, it } from 'vitest';
import { dateFormatter, directionOf, nameOfLanguage, numberFormatter } from '#src/site/index.js';

const midnight = new Date('2026-11-14T23:30:00Z');

describe('dates', () => {
  it('are those of the site’s time zone, in the reader’s language', () => {
    expect(dateFormatter('en', 'UTC')(midnight)).toBe('14 November 2026');
    expect(dateFormatter('en', 'Asia/Tokyo')(midnight)).toBe('15 November 2026');
    expect(dateFormatter('fr', 'UTC')(midnight)).toBe('14 novembre 2026');
    expect(dateFormatter('en', 'UTC')(midnight, 'month')).toBe('November 2026');
    expect(dateFormatter('en', 'UTC')(midnight, 'long')).toMatch(/^Saturday,? 14 November 2026$/);
  });
});

describe('numbers', () => {
  it('are grouped as the language does', () => {
    expect(numberFormatter('en')(12345)).toBe('12,345');
    expect(numberFormatter('de')(12345)).toBe('12.345');
  });
});

describe('languages', () => {
  it('know their direction by their script', () => {
    for (const language of ['ar', 'he', 'fa', 'ur', 'yi', 'dv', 'pa-Arab', 'az-Arab']) {
      expect([language, directionOf(language)]).toEqual([language, 'rtl']);
    }
    for (const language of ['en', 'el', 'hy', 'ja', 'pa', 'az', 'not a tag', '']) {
      expect([language, directionOf(language)]).toEqual([language, 'ltr']);
    }
  });

  it('name themselves', () => {
    expect(nameOfLanguage('en')).toBe('English');
    expect(nameOfLanguage('fr')).toBe('français');
  });
});
