import hljs from 'highlight.js/lib/common';
import { addClass, classesOf, element, isElement, parseHtml, textOf, type HtmlElement } from './tree.js';

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
 * Colours a `<pre>` whose `<code>` names a language that the highlighter knows: class names only
 * (`hljs-…`), the style sheet has the colours. Every `<pre>` can be reached and scrolled by
 * keyboard.
 */
export function highlightCode(pre: HtmlElement, ctx: { hasCode: boolean }): HtmlElement {
  ctx.hasCode = true;
  const inner = pre.children.filter((child) => child.kind !== 'text' || child.text.trim() !== '');
  const code = inner.length === 1 && isElement(inner[0], 'code') ? inner[0] : undefined;
  const language = code === undefined ? undefined : languageOf(code, pre);
  const attributes: Record<string, string> = { tabindex: '0' };
  if (pre.attributes.class !== undefined) attributes.class = pre.attributes.class;
  if (code === undefined) return element('pre', attributes, [{ kind: 'text', text: textOf(pre) }]);
  const text = textOf(code);
  const result = element('code', {}, [{ kind: 'text', text }]);
  if (language !== undefined) addClass(result, `language-${language}`);
  if (language !== undefined && hljs.getLanguage(language) && text.length <= LONGEST_HIGHLIGHTED) {
    addClass(result, 'hljs');
    const coloured = hljs.highlight(text, { language, ignoreIllegals: true }).value;
    result.children = parseHtml(coloured).children;
  }
  return element('pre', attributes, [result]);
}
