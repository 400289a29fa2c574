import MarkdownIt from 'markdown-it';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { linearFootnotes } from '#src/platform/markdown/footnotes.js';
import { taskLists } from '#src/platform/markdown/task-lists.js';
import { htmlOf } from './rendering.js';

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

afterEach(() => {
  vi.restoreAllMocks();
});

/** Array elements copied and characters looked at, one by one, while `run` runs. */
function stepsOf(run: () => unknown): number {
  let steps = 0;
  const concat = Reflect.get(Array.prototype, 'concat') as (...items: unknown[]) => unknown[];
  const charCodeAt = Reflect.get(String.prototype, 'charCodeAt') as (at: number) => number;
  vi.spyOn(Array.prototype, 'concat').mockImplementation(function (this: unknown[], ...items) {
    steps += this.length;
    return Reflect.apply(concat, this, items);
  });
  vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, at) {
    steps += 1;
    return Reflect.apply(charCodeAt, this, [at]);
  });
  run();
  vi.restoreAllMocks();
  return steps;
}

/** Tokens that the rule for task lists reads. */
function readsOfTaskLists(text: string): number {
  let reads = 0;
  const parser = new MarkdownIt().use(taskLists);
  parser.core.ruler.before('task_lists', 'probe', (state) => {
    state.tokens = new Proxy(state.tokens, {
      get(tokens, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(tokens, key, receiver);
      },
    });
  });
  parser.parse(text, {});
  return reads;
}

const CITING_TEXTS: Record<string, (count: number) => string> = {
  'notes that cite the next': (count) =>
    `${lines(count, (n) => `[^${n}]`)}\n\n${lines(count, (n) => `[^${n}]: see [^${n + 1}]`)}`,
  'notes in place': (count) => lines(count, (n) => `word^[note ${n}]`),
  'labels without an end': (count) => `${'[^'.repeat(count)}\n\n[^1]: note`,
};

describe('twice the text takes twice the work:', () => {
  it.each(Object.entries(CITING_TEXTS))('%s', (_name, text) => {
    const parser = new MarkdownIt().use(linearFootnotes);
    const steps = (count: number) => stepsOf(() => parser.render(text(count)));
    expect(steps(400) / steps(200)).toBeLessThan(2.2);
  });

  it('tasks of one list', () => {
    const reads = (count: number) => readsOfTaskLists(lines(count, (n) => `- [ ] task ${n}`));
    expect(reads(400) / reads(200)).toBeLessThan(2.2);
  });
});

describe('a note that is cited very often', () => {
  const html = htmlOf(`${'word[^1] '.repeat(250)}\n\n[^1]: the note`);

  it('keeps all references, each with an id of its own', () => {
    expect(html.match(/ id="fnref-1[-\d]*"/g)).toHaveLength(250);
    expect(html.match(/word/g)).toHaveLength(250);
  });

  it('leads back to the first hundred', () => {
    expect(html.match(/ href="#fnref-1[-\d]*"/g)).toHaveLength(100);
    expect(html).toContain('href="#fnref-1-99"');
    expect(html).toContain('the note');
  });
});

it('5,000 notes lose nothing', () => {
  const count = 5000;
  const text = `${lines(count, (n) => `[^n${n}]`)}\n\n${lines(count, (n) => `[^n${n}]: body-${n}-`)}`;
  const html = htmlOf(text);
  expect(html.match(/role="doc-noteref"/g)).toHaveLength(count);
  expect(new Set(html.match(/body-\d+-/g)).size).toBe(count);
});
