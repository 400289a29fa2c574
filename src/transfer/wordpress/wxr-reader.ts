import { createReadStream } from 'node:fs';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ImportFileError } from '../import-file-error.js';
import { recordNode, textIn, type RecordNode } from './record-tree.js';
import { decodeText, type TextProgress } from './text-stream.js';
import { RECORD_ELEMENTS, recordOf } from './wxr-records.js';
import type { WxrRecord } from './wxr.types.js';

/** Elements nested deeper than this make a file hostile: WXR needs five levels. */
const MAX_DEPTH = 16;

/** Most characters that one item or term may have, and that may pass between two tags. */
const MAX_RECORD = 32 * 1024 * 1024;

/** Bytes read at a time. */
const CHUNK = 256 * 1024;

const WXR_NAMESPACE = /wordpress\.org\/export\//;

class WxrParser {
  readonly records: WxrRecord[] = [];
  readonly #parser = new SaxesParser();
  readonly #path: RecordNode[] = [];
  readonly #channel: RecordNode = recordNode('channel');
  #depth = 0;
  #size = 0;
  #lastEvent = 0;
  #recordLine = 0;
  #hasNamespace = false;
  #siteKnown = false;

  constructor() {
    this.#parser.on('error', (error) => {
      throw this.#xmlError(error.message);
    });
    this.#parser.on('doctype', () => {
      throw new ImportFileError('doctype', { line: this.#parser.line });
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', (tag) => this.#close(tag));
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
  }

  write(text: string): void {
    this.#parser.write(text);
    // Text between two tags is held by the parser until it ends.
    if (this.#parser.position - this.#lastEvent > MAX_RECORD) this.#tooLarge();
  }

  end(): void {
    if (this.#depth > 0) {
      const element = this.#path.at(-1)?.name ?? 'channel';
      throw new ImportFileError('truncated', { line: this.#parser.line, element });
    }
    this.#parser.close();
    if (!this.#siteKnown) this.#emitSite();
  }

  #xmlError(message: string): ImportFileError {
    const reason = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    return new ImportFileError('xml', {
      line: this.#parser.line,
      column: this.#parser.columnIndex,
      reason,
    });
  }

  #tooLarge(): never {
    throw new ImportFileError('tooLarge', { line: this.#recordLine || this.#parser.line });
  }

  #open(tag: SaxesTagPlain): void {
    this.#lastEvent = this.#parser.position;
    this.#depth += 1;
    const line = this.#parser.line;
    if (this.#depth > MAX_DEPTH) throw new ImportFileError('tooDeep', { line });
    if (this.#depth === 1) this.#openRoot(tag, line);
    else if (this.#depth === 2 && tag.name !== 'channel')
      throw new ImportFileError('notWxr', { line });
    else if (this.#depth > 2) this.#openInChannel(tag, line);
  }

  #openRoot(tag: SaxesTagPlain, line: number): void {
    if (/^html$/i.test(tag.name)) throw new ImportFileError('html', { line });
    if (tag.name !== 'rss')
      throw new ImportFileError('notRss', { line, element: tag.name.slice(0, 60) });
    this.#hasNamespace = WXR_NAMESPACE.test(tag.attributes['xmlns:wp'] ?? '');
  }

  #openInChannel(tag: SaxesTagPlain, line: number): void {
    if (this.#depth === 3) {
      this.#recordLine = line;
      this.#size = 0;
      if (!this.#siteKnown && RECORD_ELEMENTS.has(tag.name)) this.#emitSite();
    }
    const node = recordNode(tag.name, tag.attributes);
    this.#path.at(-1)?.children.push(node);
    this.#path.push(node);
    this.#grow(tag.name.length + JSON.stringify(tag.attributes).length);
  }

  #grow(size: number): void {
    this.#size += size;
    if (this.#size > MAX_RECORD) this.#tooLarge();
  }

  #text(text: string): void {
    this.#lastEvent = this.#parser.position;
    const node = this.#path.at(-1);
    if (node === undefined) return;
    node.text += text;
    this.#grow(text.length);
  }

  #close(tag: SaxesTagPlain): void {
    this.#lastEvent = this.#parser.position;
    this.#depth -= 1;
    if (this.#depth < 2) return;
    const node = this.#path.pop();
    if (this.#depth > 2 || node === undefined) return;
    const record = recordOf(node, this.#recordLine);
    if (record !== undefined) this.records.push(record);
    else if (!this.#siteKnown && tag.name !== 'image') this.#channel.children.push(node);
  }

  #emitSite(): void {
    this.#siteKnown = true;
    const line = this.#parser.line;
    const version = textIn(this.#channel, 'wp:wxr_version');
    if (version === '' && !this.#hasNamespace) throw new ImportFileError('notWxr', { line });
    if (version !== '' && !/^1\.\d+$/.test(version)) {
      throw new ImportFileError('version', { line, version: version.slice(0, 20) });
    }
    this.records.push({
      kind: 'site',
      site: {
        title: textIn(this.#channel, 'title'),
        description: textIn(this.#channel, 'description'),
        address: textIn(this.#channel, 'wp:base_blog_url') || textIn(this.#channel, 'link'),
        language: textIn(this.#channel, 'language'),
        version: version === '' ? '1.0' : version,
      },
    });
  }
}

/**
 * Reads a WordPress export (WXR 1.0 to 1.2) record by record, in constant memory. No document type
 * declaration is accepted, so no entity can expand or reach for another file.
 * @throws {ImportFileError} with the line, as soon as the file proves foreign, broken or hostile.
 */
export async function* readWxr(
  source: AsyncIterable<Uint8Array>,
  progress: TextProgress = { bytes: 0, dropped: 0, lines: 1 },
): AsyncGenerator<WxrRecord> {
  const parser = new WxrParser();
  for await (const text of decodeText(source, progress)) {
    parser.write(text);
    yield* parser.records.splice(0);
  }
  parser.end();
  yield* parser.records.splice(0);
}

/** The same for a file on disk. */
export function readWxrFile(path: string, progress?: TextProgress): AsyncGenerator<WxrRecord> {
  return readWxr(createReadStream(path, { highWaterMark: CHUNK }), progress);
}
