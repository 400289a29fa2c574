import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const MARKER = /^\[([ xX])\][ \t\u00a0]+(?=\S)/;

function addClass(token: Token | undefined, name: string): void {
  if (token !== undefined && token.attrGet('class') === null) token.attrSet('class', name);
}

function markTask(state: StateCore, index: number, opened: readonly Token[]): void {
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
  const item = tokens[index - 2];
  addClass(item, 'task-list-item');
  addClass(opened[(item?.level ?? 0) - 1], 'contains-task-list');
}

/** GFM task list items: `- [ ] to do`, `- [x] done`. */
export function taskLists(parser: MarkdownIt): void {
  parser.core.ruler.after('inline', 'task_lists', (state) => {
    // What was opened last at each level: an item's list stands one level further out.
    const opened: Token[] = [];
    for (const [index, token] of state.tokens.entries()) {
      if (token.nesting === 1) opened[token.level] = token;
      markTask(state, index, opened);
    }
  });
}
