import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programRoot } from '#src/platform/paths.js';

const long = 'x'.repeat(3000);

/** Words that other programs have fallen over, short enough for an address. */
export const naughtyWords = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e9',
  '0x10',
  'NaN',
  'Infinity',
  '2147483648',
  '9007199254740993',
  '9'.repeat(400),
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '..\\..\\windows',
  '/',
  '\\',
  '//evil.example',
  'javascript:alert(1)',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '%',
  '%s%n%00',
  '<script>alert(1)</script>',
  '{{7*7}} ${7*7} <%= 7*7 %>',
  '\r\nSet-Cookie: evil=1',
  '\u202Egnp.exe',
  '\uFEFF\u200B\u2060',
  '日本語 العربية עברית ß İ ı',
  '𝕳𝖊𝖑𝖑𝖔 👩‍👩‍👧‍👦',
  'Z\u0351\u036B\u0343a\u0310lgo',
  '0000-00-00',
  '2026-13-45T99:99',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T00:00:00Z',
  'zzzzzzzzzzz-zzzzzzz',
  '1-1',
  '0-0',
  'a-b-c',
  '--',
  '& | ! <-> ( )',
  'a:* & b',
  "'",
  long,
] as const;

/** Values of the wrong type, for a JSON body. */
export const wrongTypes: readonly unknown[] = [
  null,
  true,
  -0,
  1e300,
  [],
  [[]],
  [1, 'a', null],
  {},
  { length: 1e9 },
  { toString: 'x', valueOf: 1 },
  { __proto__: { polluted: true } },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  Array.from({ length: 1100 }, () => 'x'),
  '\ud800',
  'a\0b',
  'x'.repeat(5_000),
];

/** The words most worth trying where there are many places to try. */
export const worstWords = [
  '-1',
  '1e9',
  '2147483648',
  'NaN',
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '../../etc/passwd',
  '%',
  '\u202E\uFEFF𝕳 日本語',
  '+275760-09-13T00:00:00.001Z',
  'zzzzzzzzzzz-zzzzzzz',
  'a:* & | ! <-> (',
  '<script>alert(1)</script>',
  long,
] as const;

const sourceFiles = (folder: string, wanted: RegExp): string[] =>
  readdirSync(path.join(programRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => readFileSync(path.join(programRoot, folder, name), 'utf8'));

/**
 * The names of fields that any form or query of the program knows, read from templates and schemas,
 * so that a new field is attacked from the day it exists.
 */
export function knownFields(): string[] {
  const inTemplates = sourceFiles('views', /\.ejs$/).flatMap((text) => [
    ...text.matchAll(/\bname(?:="|: ')([a-zA-Z]\w*)["']/g),
  ]);
  const inSchemas = sourceFiles('src', /schema\.ts$/).flatMap((text) => [
    ...text.matchAll(/^ {2,4}(\w+):? *(?:z\b|text\(|\w+,)/gm),
  ]);
  const always = ['before', 'after', 'page', 'q', 'returnTo', 'saved', 'token', 'ids', 'id'];
  const found = [...inTemplates, ...inSchemas].map((match) => match[1] ?? '');
  return [...new Set([...always, ...found])].filter((name) => name !== '');
}
