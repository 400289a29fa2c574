import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sources } from './sources.js';

type Messages = Record<string, string | Record<string, string>>;

const messages = JSON.parse(
  readFileSync(path.join(root, 'locales', 'en.json'), 'utf8'),
) as Messages;
const keys = Object.keys(messages);
const code = [
  ...sources('views', '.ejs'),
  ...sources('src', '.ts'),
  ...sources('public/js', '.js'),
];

/** Keys in full, and the fixed beginnings of keys that are put together at run time. */
function mentions(content: string): { whole: string[]; prefixes: string[] } {
  return {
    whole: [...content.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)].map(
      (match) => match[1] ?? '',
    ),
    prefixes: [
      ...content.matchAll(/[`'"]([a-z][\w-]*\.(?:[\w-]+\.)*[\w-]*)(?:\$\{|<%|['"]\s*\+)/g),
    ].map((match) => match[1] ?? ''),
  };
}

const mentioned = code.map(({ content }) => mentions(content));
const whole = new Set(mentioned.flatMap((file) => file.whole));
const prefixes = [...new Set(mentioned.flatMap((file) => file.prefixes))];

describe('the catalogue', () => {
  it('has every key that templates and code ask for', () => {
    const missing = code.flatMap(({ file, content }) =>
      [...content.matchAll(/\bt\(\s*['"]([^'"]+)['"]/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !(key in messages))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no key that nobody asks for', () => {
    const unused = keys.filter(
      (key) => !whole.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('has a plural form `other` wherever there are plural forms, and no empty message', () => {
    const wrong = Object.entries(messages).filter(([, message]) =>
      typeof message === 'string' ? message.trim() === '' : !message.other,
    );
    expect(wrong).toEqual([]);
  });

  it('has its keys once each', () => {
    const text = readFileSync(path.join(root, 'locales', 'en.json'), 'utf8');
    const written = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map((match) => match[1]);
    expect(written.length).toBe(new Set(written).size);
  });
});
