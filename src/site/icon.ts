import { escapeHtml } from '#src/platform/markdown/index.js';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The site's icon: the first letter or sign of its title, as an SVG in a `data:` address. */
export function iconFor(title: string): string {
  const [first] = graphemes.segment(title.trim());
  const letter = escapeHtml((first?.segment ?? 'B').toLocaleUpperCase());
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    '<rect width="32" height="32" rx="5" fill="#9a3412"/>' +
    `<text x="16" y="24" text-anchor="middle" font-family="Georgia,serif" font-size="22" fill="#fdfcf9">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
