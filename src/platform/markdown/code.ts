import hljs from 'highlight.js/lib/common';
import {
  addClass,
  classesOf,
  element,
  isElement,
  parseHtml,
  textNode,
  textOf,
  type HtmlElement,
} from './tree.js';

/** Code longer than this many characters keeps one colour; bounds the work of the highlighter. */
const LONGEST_HIGHLIGHTED = 100_000;

const LANGUAGE_CLASS = /^(?:language|lang)-(.+)$/;

function languageOf(...nodes: HtmlElement[]): string | undefined {
  for (const node of nodes) {
    for (const name of classesOf(node)) {
      const language = LANGUAGE_CLASS.exec(name)?.[1]?.toLowerCase();
      if (language !== undefined) return language;
    }
  }
  return undefined;
}

/**
 * The code block that a `<pre>` holds, coloured when the highlighter knows its language: class names
 * only (`hljs-…`), the style sheet has the colours. Undefined for a `<pre>` without `<code>`.
 */
export function codeBlock(pre: HtmlElement): HtmlElement | undefined {
  const inner = pre.children.filter((child) => child.kind !== 'text' || child.text.trim() !== '');
  const code = inner[0];
  if (inner.length !== 1 || !isElement(code, 'code')) return undefined;
  const language = languageOf(code, pre);
  const text = textOf(code);
  const result = element('code', {}, [textNode(text)]);
  if (language !== undefined) addClass(result, `language-${language}`);
  if (language !== undefined && hljs.getLanguage(language) && text.length <= LONGEST_HIGHLIGHTED) {
    addClass(result, 'hljs');
    const coloured = hljs.highlight(text, { language, ignoreIllegals: true }).value;
    result.children = parseHtml(coloured).children;
  }
  const attributes: Record<string, string> = { tabindex: '0' };
  if (pre.attributes.class !== undefined) attributes.class = pre.attributes.class;
  return element('pre', attributes, [result]);
}
