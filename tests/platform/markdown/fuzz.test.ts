import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { absoluteHtml, renderComment, renderPost } from '#src/platform/markdown/index.js';
import { picture } from './rendering.js';
import { whatIsAlive } from './what-is-alive.js';

const payloads = JSON.parse(
  readFileSync(new URL('../../fixtures/xss-payloads.json', import.meta.url), 'utf8'),
) as string[];

const PIECES = [
  ...'[]()<>*_`~!#|-+=&;:"\'\\/{}^@.,\n\t ',
  ...[
    '\n\n',
    '    ',
    '> ',
    '- ',
    '1. ',
    '```',
    '---',
    '[^1]',
    '[^1]: ',
    '<!--',
    '-->',
    '<a href="',
    '">',
    '</a>',
  ],
  ...[
    '<p>',
    '</div>',
    '<table>',
    '<td>',
    '<svg>',
    '<style>',
    '<details>',
    '![a](/media/1)',
    'javascript:',
    '&#x6a;',
    '&lt;',
  ],
  ...[
    'www.a.bc',
    'https://youtu.be/SQEQr7c0-dw',
    'word',
    '日本',
    'שלום',
    '😀',
    '\u0000',
    '\ud800',
    '\u202e',
    '\u200d',
  ],
];

/** A small generator of pseudo-random numbers (mulberry32): the same words at every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

function nonsense(seed: number): string {
  const random = generator(seed);
  let text = '';
  for (let count = 5 + random(60); count > 0; count -= 1) {
    const payload = payloads[random(payloads.length)] ?? '';
    if (random(8) === 0) text += payload.slice(random(payload.length));
    else text += PIECES[random(PIECES.length)] ?? '';
  }
  return text;
}

const ROUNDS = 800;

describe('nonsense', () => {
  it('of every kind is rendered, safe, and the same twice', () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const text = nonsense(seed);
      const options = { baseUrl: 'https://blog.test', media: (id: number) => picture(id) };
      const { html, toc, excerpt } = renderPost(text, options);
      const context = `seed ${String(seed)}: ${JSON.stringify(text)}`;
      expect(whatIsAlive(html), context).toEqual([]);
      expect(whatIsAlive(renderComment(text).html), context).toEqual([]);
      expect(renderPost(text, options).html, context).toBe(html);
      expect(JSON.stringify(toc), context).not.toContain('"id":""');
      expect(excerpt.length, context).toBeLessThanOrEqual(1001);
      absoluteHtml(html, 'https://blog.test/posts/a');
    }
  });
});
