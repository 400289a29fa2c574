import { slugOf } from '../slug.js';
import { textOf, type HtmlElement } from './tree.js';

/** Prefix of heading ids: no id of a text equals a property of `document` or `window`. */
const PREFIX = 'h-';

function levelOf(node: HtmlElement): number | undefined {
  const digit = /^h([1-6])$/.exec(node.name)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

function lowestLevel(node: HtmlElement): number {
  let lowest = levelOf(node) ?? 7;
  for (const child of node.children) {
    if (child.kind === 'element') lowest = Math.min(lowest, lowestLevel(child));
  }
  return lowest;
}

/**
 * Gives the headings of one text their ids and levels: the highest one used stands directly below
 * the page's own headings, and none skips a level (WCAG technique G141).
 */
export class HeadingLevels {
  readonly #shift: number;
  readonly #above: number;
  readonly #counts = new Map<string, number>();
  #previous: number;

  /** @param above how many heading levels stand above the text: 1 for a page title */
  constructor(root: HtmlElement, above: number) {
    this.#above = above;
    this.#shift = above + 1 - lowestLevel(root);
    this.#previous = above;
  }

  /** Renames a heading and gives it an id; returns false for any other element. */
  rewrite(node: HtmlElement, usedIds: Set<string>): boolean {
    const level = levelOf(node);
    if (level === undefined) return false;
    const wished = Math.max(level + this.#shift, this.#above + 1);
    const actual = Math.min(wished, this.#previous + 1, 6);
    this.#previous = actual;
    node.name = `h${String(actual)}`;
    node.attributes.id = this.#idFor(textOf(node), usedIds);
    return true;
  }

  #idFor(text: string, usedIds: Set<string>): string {
    const base = PREFIX + (slugOf(text) || 'section');
    let number = this.#counts.get(base) ?? 0;
    let id: string;
    do {
      number += 1;
      id = number === 1 ? base : `${base}-${String(number)}`;
    } while (usedIds.has(id));
    this.#counts.set(base, number);
    usedIds.add(id);
    return id;
  }
}
