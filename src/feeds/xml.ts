/** Characters that XML 1.0 cannot hold, not even escaped (section 2.2). */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text without the characters that would make a document ill-formed. */
export function legal(text: string): string {
  return text.replace(ILLEGAL, '');
}

function escape(text: string): string {
  return legal(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Attributes; one that is null is left out. */
export type XmlAttributes = Record<string, string | number | null>;

function attributesOf(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escape(String(value)).replace(/"/g, '&quot;')}"`)
    .join('');
}

/** A piece of XML that is written already. */
export interface Xml {
  xml: string;
}

/** Nothing: an element that is not there this time. */
export const nothing: Xml = { xml: '' };

/** An element with text, which is escaped. */
export function leaf(name: string, text: string, attributes: XmlAttributes = {}): Xml {
  return { xml: `<${name}${attributesOf(attributes)}>${escape(text)}</${name}>\n` };
}

/** An element without content. */
export function empty(name: string, attributes: XmlAttributes): Xml {
  return { xml: `<${name}${attributesOf(attributes)}/>\n` };
}

/** An element with elements. */
export function parent(name: string, attributes: XmlAttributes, children: readonly Xml[]): Xml {
  const inner = children.map((child) => child.xml).join('');
  return { xml: `<${name}${attributesOf(attributes)}>\n${inner}</${name}>\n` };
}

/** An element whose text stands in CDATA sections: HTML that a person can still read. */
export function cdata(name: string, text: string, attributes: XmlAttributes = {}): Xml {
  const safe = legal(text).replace(/\]\]>/g, ']]]]><![CDATA[>');
  return { xml: `<${name}${attributesOf(attributes)}><![CDATA[${safe}]]></${name}>\n` };
}

/** A whole document. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}`;
}
