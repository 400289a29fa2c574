/** One element of a record, with the text directly in it. */
export interface RecordNode {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: RecordNode[];
}

/** Makes an element. */
export function recordNode(name: string, attributes: Record<string, string> = {}): RecordNode {
  return { name, attributes, text: '', children: [] };
}

/** The text of the first child of this name, trimmed; empty where there is none. */
export function textIn(node: RecordNode, name: string): string {
  return node.children.find((child) => child.name === name)?.text.trim() ?? '';
}

/** The same untrimmed, for what people wrote. */
export function rawTextIn(node: RecordNode, name: string): string {
  return node.children.find((child) => child.name === name)?.text ?? '';
}

/** All children of a name. */
export function childrenOf(node: RecordNode, name: string): RecordNode[] {
  return node.children.filter((child) => child.name === name);
}
