import { describe, expect, it } from 'vitest';
import { sources } from './sources.js';

const templates = sources('views', '.ejs');

/** Expressions that may be printed unescaped: includes, and values whose name says SafeHtml. */
const allowedRaw = /^(include\(|body$|[\w.?]*[hH]tml$|snippet$|[\w.?]*[hH]tml\b)/;

/** What remains of a template when code, tags, entities and comments are gone: the words in it. */
function wordsIn(template: string): string {
  return template
    .replace(/<%#[\s\S]*?%>/g, ' ')
    .replace(/<%[\s\S]*?%>/g, '')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z]+;/gi, ' ');
}

describe('templates', () => {
  it('print unescaped only includes and safe HTML', () => {
    const wrong = templates.flatMap(({ file, content }) =>
      [...content.matchAll(/<%-\s*([\s\S]*?)\s*[-_]?%>/g)]
        .map((match) => match[1] ?? '')
        .filter((expression) => !allowedRaw.test(expression))
        .map((expression) => `${file}: ${expression}`),
    );
    expect(wrong).toEqual([]);
  });

  it('hold no words of their own: every string is in the catalogue', () => {
    const wrong = templates
      .map(({ file, content }) => ({ file, words: wordsIn(content).match(/\p{L}{2,}/gu) ?? [] }))
      .filter(({ words }) => words.length > 0)
      .map(({ file, words }) => `${file}: ${words.join(' ')}`);
    expect(wrong).toEqual([]);
  });

  it('hold no words in attributes that people perceive', () => {
    const wrong = templates.flatMap(({ file, content }) =>
      [...content.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*\p{L}{2,}[^"]*)"/gu)]
        .map((match) => match[1] ?? '')
        .filter((value) => /\p{L}{2,}/u.test(value.replace(/<%[\s\S]*?%>/g, '')))
        .map((value) => `${file}: ${value}`),
    );
    expect(wrong).toEqual([]);
  });

  it('carry no inline style and no inline script', () => {
    const wrong = templates
      .filter(({ content }) =>
        /\sstyle="|\son[a-z]+="|<style|<script(?![^>]*(?:\ssrc=|ld\+json))/i.test(content),
      )
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it('are short', () => {
    const long = templates
      .map(({ file, content }) => ({ file, lines: content.split('\n').length }))
      .filter(({ lines }) => lines > 120)
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
  });
});
