import type { MenuEntry } from './menus.js';
import type { MenuItemInput } from './schema.js';

/** What can be done with a line of a menu. */
export type MenuMove = 'up' | 'down' | 'in' | 'out' | 'remove';

type Line = MenuEntry;

function place(lines: Line[], id: number, parent: Line | null = null): Place | null {
  const index = lines.findIndex((line) => line.id === id);
  if (index !== -1) return { siblings: lines, index, parent };
  for (const line of lines) {
    const found = place(line.children, id, line);
    if (found) return found;
  }
  return null;
}

interface Place {
  siblings: Line[];
  index: number;
  parent: Line | null;
}

/**
 * Moves a line of a menu in place: up and down among its siblings, in below the one before it, out
 * behind its parent, or away with what stands below it. False: there is no such line.
 */
export function moveLine(menu: Line[], id: number, move: MenuMove): boolean {
  const found = place(menu, id);
  if (!found) return false;
  const { siblings, index, parent } = found;
  const [line] = siblings.splice(index, 1);
  if (!line || move === 'remove') return true;
  if (move === 'in' && index > 0) {
    siblings[index - 1]?.children.push(line);
  } else if (move === 'out' && parent) {
    const outer = place(menu, parent.id);
    outer?.siblings.splice(outer.index + 1, 0, line);
  } else {
    const step = move === 'up' ? -1 : move === 'down' ? 1 : 0;
    siblings.splice(Math.max(0, index + step), 0, line);
  }
  return true;
}

/** Gives a line another label, and another address where it has one of its own. */
export function relabelLine(
  menu: Line[],
  id: number,
  words: { label: string; url: string },
): boolean {
  const found = place(menu, id);
  const line = found?.siblings[found.index];
  if (!line) return false;
  line.label = words.label;
  if (line.url !== null) line.url = words.url;
  return true;
}

/** The menu as it is saved: each line with exactly one target. */
export function inputOf(menu: readonly Line[]): MenuItemInput[] {
  return menu.map(({ label, url, postId, categoryId, tagId, children }) => {
    const rest = { label, children: inputOf(children) };
    if (postId !== null) return { ...rest, postId };
    if (categoryId !== null) return { ...rest, categoryId };
    if (tagId !== null) return { ...rest, tagId };
    return { ...rest, url: url ?? '/' };
  });
}
