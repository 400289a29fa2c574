import { Parser } from 'htmlparser2';

/**
 * What may stand in a page, written down a second time on purpose: a change of the allow-list has to
 * be made here too, by someone who thinks about it again.
 */
const HARMLESS_ELEMENTS = new Set(
  (
    'a abbr address aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn ' +
    'div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q ' +
    'rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th ' +
    'thead time tr u ul var wbr'
  ).split(' '),
);

const HARMLESS_ATTRIBUTES = new Set(
  (
    'alt aria-label checked cite class colspan data-embed data-embed-src datetime decoding dir ' +
    'disabled headers height href hreflang id lang loading open rel reversed role rowspan scope sizes ' +
    'span src srcset start tabindex title type value width'
  ).split(' '),
);

const OWN_CLASS =
  /^(?:embed|picture|missing-picture|table-scroll|footnote.*|task.*|contains-task-list|hljs.*|[a-z]+_|language-.*|align.*|size-.*|wp-.*|gallery.*|columns-.*|blocks-.*|has-.*|is-.*|are-.*)$/;

function faultOfAddress(name: string, value: string): string | undefined {
  // Browsers drop control characters and white space before they look for the protocol.
  const seen = value.replace(/[\p{Cc}\p{Z}\p{Cf}]/gu, '').toLowerCase();
  const protocol = /^([^/?#]*?):/.exec(seen)?.[1];
  const isPicture = name === 'src' || name === 'srcset';
  if (isPicture && (protocol !== undefined || !/^\/(?![/\\])/.test(seen))) return value;
  if (protocol === undefined) return /^[/\\]{2}/.test(seen) ? value : undefined;
  return ['http', 'https', 'mailto', 'tel'].includes(protocol) ? undefined : value;
}

function faultOfAttribute(element: string, name: string, value: string): string | undefined {
  const at = `<${element} ${name}="${value}">`;
  if (!HARMLESS_ATTRIBUTES.has(name)) return at;
  if (['href', 'src', 'srcset', 'cite', 'data-embed-src'].includes(name)) {
    return faultOfAddress(name, value) === undefined ? undefined : at;
  }
  if (name === 'id' && !/^(?:h-|u-|fn-|fnref-)/.test(value)) return at;
  if (name === 'class' && !value.split(' ').every((word) => OWN_CLASS.test(word))) return at;
  if (name === 'role' && !/^(?:doc-|group|note|presentation)/.test(value)) return at;
  if (name === 'tabindex' && value !== '0') return at;
  return undefined;
}

/** Everything in a piece of HTML that should not be there: code, foreign addresses, free names. */
export function whatIsAlive(html: string): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const parser = new Parser({
    onopentag(element, attributes) {
      if (!HARMLESS_ELEMENTS.has(element)) faults.push(`<${element}>`);
      if (element === 'input' && !('disabled' in attributes)) faults.push('<input> not disabled');
      for (const [name, value] of Object.entries(attributes)) {
        const fault = faultOfAttribute(element, name, value);
        if (fault !== undefined) faults.push(fault);
      }
      const { id } = attributes;
      if (id !== undefined && ids.has(id)) faults.push(`id ${id} twice`);
      if (id !== undefined) ids.add(id);
    },
    onprocessinginstruction: (name) => faults.push(`<${name}`),
    oncomment: (text) => faults.push(`<!--${text}-->`),
  });
  parser.end(html);
  return faults;
}
