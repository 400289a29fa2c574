/**
 * HTML that may be put into a page as it is. The brand exists only in the type system; the
 * functions of this folder are the only ones that give it, so `<%-` in a template stands for a
 * value that was escaped, sanitised, or stored after sanitising.
 */
export type SafeHtml = string & { readonly __safeHtml: unique symbol };

/** The one cast to SafeHtml. Internal to this folder: `index.ts` does not export it. */
export function brandAsSafe(html: string): SafeHtml {
  return html as SafeHtml;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for element content and for quoted attribute values. */
export function escapeHtml(text: string): SafeHtml {
  return brandAsSafe(text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character));
}

/** Nothing, as SafeHtml: the default of a slot in a template. */
export const emptyHtml: SafeHtml = brandAsSafe('');

/** Joins pieces that are safe already; the separator is escaped. */
export function joinHtml(parts: readonly SafeHtml[], separator = ''): SafeHtml {
  return brandAsSafe(parts.join(escapeHtml(separator)));
}

/**
 * Template tag: `` html`<p>${name}</p>` `` escapes every value that is put in. To put SafeHtml in
 * unescaped, build the piece with `joinHtml`.
 */
export function html(strings: TemplateStringsArray, ...values: (string | number)[]): SafeHtml {
  let result = strings[0] ?? '';
  values.forEach((value, index) => {
    result += escapeHtml(String(value)) + (strings[index + 1] ?? '');
  });
  return brandAsSafe(result);
}

/**
 * HTML read back from a column that only `renderPost`, `renderComment` or `sanitizePostHtml` fills
 * (`body_html`). Never call it with anything else.
 */
export function storedHtml(column: string): SafeHtml {
  return brandAsSafe(column);
}

/**
 * Escapes `text` and turns what stands between the two marker strings into `<mark>`: search
 * snippets, whose markers PostgreSQL's `ts_headline` sets. An unclosed mark is closed at the end.
 */
export function markedHtml(text: string, start: string, stop: string): SafeHtml {
  const pieces = text.split(start).map((piece, index) => {
    if (index === 0) return escapeHtml(piece.split(stop).join(''));
    const [marked = '', ...rest] = piece.split(stop);
    return `<mark>${escapeHtml(marked)}</mark>${escapeHtml(rest.join(''))}`;
  });
  return brandAsSafe(pieces.join(''));
}

/**
 * Data as JSON for the inside of a `<script type="application/ld+json">`: without `<`, `>` and `&`, so
 * that nothing in it can end the element (HTML, 4.12.1.3).
 */
export function jsonForScript(data: object): SafeHtml {
  const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return brandAsSafe(
    JSON.stringify(data).replace(/[<>&]/g, (character) => escapes[character] ?? ''),
  );
}
