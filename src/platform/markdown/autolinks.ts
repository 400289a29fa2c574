import type { MarkdownIt } from 'markdown-it';

/** An address longer than this is not linked; bounds the work per occurrence. */
const LONGEST_ADDRESS = 2048;

const HOST_AND_REST = /^[\p{L}\p{N}][\p{L}\p{N}.-]*\.\p{L}{2,}[^\s<>[\]"`]*/u;

const TRAILING = new Set([...'?!.,:;*_~\'"']);

/** Length without trailing punctuation and unmatched closing brackets, as GFM 6.9 has it. */
function lengthWithoutTail(address: string): number {
  let end = address.length;
  let unmatched = 0;
  for (const character of address) {
    if (character === '(') unmatched -= 1;
    if (character === ')') unmatched += 1;
  }
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' && unmatched > 0) unmatched -= 1;
    else if (!TRAILING.has(last)) break;
  }
  return end;
}

/**
 * Autolinks as GFM has them: `http://`, `https://`, `mailto:`, `www.` and e-mail addresses, but not
 * every word with a dot in it (`README.md` is no site in Moldova).
 */
export function linkifyLikeGitHub(parser: MarkdownIt): void {
  parser.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true });
  parser.linkify.add('ftp:', null).add('//', null);
  parser.linkify.add('www.', {
    validate: (text, position) => {
      const match = HOST_AND_REST.exec(text.slice(position, position + LONGEST_ADDRESS));
      return match === null ? 0 : lengthWithoutTail(match[0]);
    },
    normalize: (match) => {
      match.url = `https://${match.raw}`;
    },
  });
}
