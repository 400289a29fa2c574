import { SaxesParser } from 'saxes';

/** An element of a parsed document; names with their prefix, as written. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/**
 * Parses XML strictly: not well-formed, an undeclared prefix or a character that XML cannot hold is
 * an error.
 */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '#document', attributes: {}, children: [], text: '' };
  const path = [root];
  const parser = new SaxesParser({ xmlns: true });
  const add = (text: string): void => {
    const open = path.at(-1);
    if (open) open.text += text;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([name, attribute]) => [name, attribute.value]),
    );
    const element = { name: tag.name, attributes, children: [], text: '' };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void path.pop());
  parser.write(source).close();
  const [document] = root.children;
  if (!document) throw new Error('An empty document.');
  return document;
}

/** Children with this name. */
export function all(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** The one child with this name; an error when there is none or there are several. */
export function one(parent: XmlElement, name: string): XmlElement {
  const found = all(parent, name);
  if (found.length !== 1 || !found[0]) {
    throw new Error(`${found.length} <${name}> in <${parent.name}>`);
  }
  return found[0];
}

/** Text of the one child with this name. */
export function textOf(parent: XmlElement, name: string): string {
  return one(parent, name).text;
}

/** Address of the link with this relation, or undefined. */
export function linkOf(parent: XmlElement, rel: string, name = 'link'): string | undefined {
  return all(parent, name).find((link) => link.attributes.rel === rel)?.attributes.href;
}
