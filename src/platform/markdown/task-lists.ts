import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const MARKER = /^\[([ xX])\][ \t\u00a0]+(?=\S)/;

function addClass(token: Token | undefined, name: string): void {
  if (token !== undefined && token.attrGet('class') === null) token.attrSet('class', name);
}

/** The list that the item at `index` belongs to: the nearest opening one level further out. */
function listOf(tokens: Token[], index: number): Token | undefined {
  const level = (tokens[index]?.level ?? 0) - 1;
  for (let at = index - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.level === level && token.nesting === 1) return token;
  }
  return undefined;
}

function markTask(state: StateCore, index: number): void {
  const { tokens } = state;
  const inline = tokens[index];
  const first = inline?.children?.[0];
  if (inline?.type !== 'inline' || first?.type !== 'text') return;
  if (tokens[index - 1]?.type !== 'paragraph_open') return;
  if (tokens[index - 2]?.type !== 'list_item_open') return;
  const marker = MARKER.exec(inline.content);
  if (marker === null || !first.content.startsWith(marker[0].trimEnd())) return;
  first.content = first.content.slice(marker[0].length);
  const box = new state.Token('html_inline', '', 0);
  const checked = marker[1] === ' ' ? '' : ' checked=""';
  box.content = `<input type="checkbox" class="task-box" disabled=""${checked} /> `;
  inline.children?.unshift(box);
  addClass(tokens[index - 2], 'task-list-item');
  addClass(listOf(tokens, index - 2), 'contains-task-list');
}

/** GFM task list items: `- [ ] to do`, `- [x] done`. */
export function taskLists(parser: MarkdownIt): void {
  parser.core.ruler.after('inline', 'task_lists', (state) => {
    for (let index = 2; index < state.tokens.length; index += 1) markTask(state, index);
  });
}
