import MarkdownIt from 'markdown-it';
import { renderComment, renderPost } from '#src/platform/markdown/index.js';

const PARAGRAPH =
  'The first entry is dated *3 March 1871* and reads, in full: **Wind SW, fresh.** See ' +
  '[the ledger](/posts/ledger) and <https://example.org/fog>, or `keeper.log` for what the remarks ' +
  'column kept to itself for forty-one years.[^1]\n\n';

const SECTION = [
  '## Four columns\n\n',
  PARAGRAPH.repeat(3),
  '- [x] horn silent\n- [ ] oil good\n  1. two brigs inward\n\n',
  '| hour | wind | sea |\n|---|:-:|--:|\n| 04:00 | calm | smooth |\n| 08:00 | NE 1 | smooth |\n\n',
  '```js\nconst remarks = log.filter((line) => line.hour < 12).map(({ text }) => text);\n```\n\n',
  '![The harbour mouth](/media/1 "At six in the morning")\n\n',
  '> A record is a promise to someone you will never meet.\n\n',
].join('');

const document = `${SECTION.repeat(9)}[^1]: In the same hand, a little larger.\n`;

const media = (id: number) => ({
  id,
  src: '/media/a.jpg',
  width: 1600,
  height: 900,
  alt: '',
  variants: [480, 960].map((width) => ({
    src: `/media/${width}.webp`,
    width,
    type: 'webp' as const,
  })),
});

const repeat = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** Long texts of one kind, at a size and at twice that: the second should take about twice as long. */
const long: [string, number, (count: number) => string][] = [
  [
    'footnotes, each citing the next',
    5000,
    (count) =>
      `${repeat(count, (n) => `[^${n}]`)}\n\n${repeat(count, (n) => `[^${n}]: see [^${n + 1}]`)}`,
  ],
  ['references to one footnote', 45_000, (count) => `${'a[^1] '.repeat(count)}\n\n[^1]: note\n`],
  ['footnotes in place', 5000, (count) => repeat(count, (n) => `word^[note ${n}]`)],
  ['tasks of one list', 5000, (count) => repeat(count, (n) => `- [ ] task ${n}`)],
  [
    'rows of 30 cells',
    3000,
    (count) => `${'|a'.repeat(30)}\n${'|-'.repeat(30)}\n${`${'|a'.repeat(30)}\n`.repeat(count)}`,
  ],
];

/** Milliseconds of the quickest of three runs. */
function once(text: string): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    renderPost(text, { baseUrl: 'https://blog.test' });
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Milliseconds of the quickest of 40 runs after a warm-up: what other programs disturb least. */
function quickest(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const start = performance.now();
    run();
    if (round >= 20) times.push(performance.now() - start);
  }
  return Math.min(...times);
}

const plain = new MarkdownIt({ html: true, linkify: true });
const baseline = quickest(() => plain.render(document));
const rows: [string, number][] = [
  ['markdown-it alone', baseline],
  ['renderPost', quickest(() => renderPost(document, { baseUrl: 'https://blog.test', media }))],
  ['renderComment, 1/9 of the text', quickest(() => renderComment(SECTION))],
];

process.stdout.write(
  `${(document.length / 1024).toFixed(1)} KB of Markdown, quickest of 40 runs\n`,
);
for (const [name, time] of rows) {
  const ratio = (time / baseline).toFixed(1);
  process.stdout.write(
    `${name.padEnd(32)}${time.toFixed(2).padStart(8)} ms  ${ratio.padStart(5)} ×\n`,
  );
}

for (const [name, count, text] of long) {
  const [first, second] = [once(text(count)), once(text(count * 2))];
  const figures = `${first.toFixed(0).padStart(6)} ms, twice as many ${second.toFixed(0).padStart(6)} ms`;
  process.stdout.write(`${`${count} ${name}`.padEnd(40)}${figures}\n`);
}
