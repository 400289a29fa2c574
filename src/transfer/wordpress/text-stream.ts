import { ImportFileError } from '../import-file-error.js';

/** How much of a file is looked at before it is read: enough for an XML declaration. */
const HEAD_BYTES = 1024;

/** What XML 1.0 forbids (section 2.2): control characters but tab and line ends, and two that are none. */
const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu;

const ENCODINGS: ReadonlySet<string> = new Set(
  'utf-8 utf-16le utf-16be us-ascii iso-8859-1 iso-8859-15 windows-1250 windows-1251 windows-1252'.split(
    ' ',
  ),
);

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const start = Buffer.from(head).toString('latin1');
  const declared = /^[\s\u00ef\u00bb\u00bf]*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/i.exec(
    start,
  )?.[1];
  const encoding = (declared ?? 'utf-8').toLowerCase().replace(/^utf8$/, 'utf-8');
  if (!ENCODINGS.has(encoding)) throw new ImportFileError('unknownEncoding', { encoding, line: 1 });
  return encoding;
}

function refuseForeign(head: Uint8Array, encoding: string): void {
  if (head.length === 0) throw new ImportFileError('empty');
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const isZip = head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 99) < 9;
  if (isGzip || isZip) throw new ImportFileError('compressed');
  if (!encoding.startsWith('utf-16') && head.includes(0)) {
    throw new ImportFileError('binary', { line: 1 });
  }
  const text = new TextDecoder(encoding).decode(head).trimStart();
  if (text === '') return;
  if (/^[[{]/.test(text)) throw new ImportFileError('json', { line: 1 });
  if (/^<(?:!doctype html|html[\s>])/i.test(text)) throw new ImportFileError('html', { line: 1 });
  if (!text.startsWith('<')) throw new ImportFileError('notXml', { line: 1 });
}

/** What reading has come to: shown as progress, and told in the report. */
export interface TextProgress {
  bytes: number;
  /** Characters that XML forbids and that were left out. */
  dropped: number;
  lines: number;
}

async function headOf(chunks: AsyncIterator<Uint8Array>): Promise<{ head: Buffer; done: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) return { head: Buffer.concat(parts), done: true };
    parts.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(parts), done: false };
}

class Decoder {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(
    private readonly encoding: string,
    private readonly progress: TextProgress,
  ) {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  text(chunk: Uint8Array | undefined): string {
    this.progress.bytes += chunk?.length ?? 0;
    const text = this.#decode(chunk);
    if (text.includes('\0')) throw new ImportFileError('binary', { line: this.progress.lines });
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.progress.lines += 1;
    }
    // WordPress writes control characters that people pasted; XML forbids them even escaped.
    return text.replace(CONTROL_CHARACTERS, () => {
      this.progress.dropped += 1;
      return '';
    });
  }

  #decode(chunk: Uint8Array | undefined): string {
    try {
      return this.#decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const line = this.progress.lines + linesBeforeFault(chunk ?? new Uint8Array());
      throw new ImportFileError('encoding', { encoding: this.encoding.toUpperCase(), line });
    }
  }
}

/** Line breaks before the first byte sequence that is not UTF-8; a lone tail counts to the end. */
function linesBeforeFault(chunk: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(chunk);
  const fault = text.indexOf('\ufffd');
  return (fault === -1 ? text : text.slice(0, fault)).split('\n').length - 1;
}

/**
 * Decodes a file as its byte order mark or XML declaration says (UTF-8 without one).
 * @throws {ImportFileError} for other kinds of files, NUL bytes and bytes of another encoding.
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  progress: TextProgress,
): AsyncGenerator<string> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const { head, done } = await headOf(chunks);
    const encoding = encodingOf(head.subarray(0, HEAD_BYTES));
    refuseForeign(head.subarray(0, HEAD_BYTES), encoding);
    const decoder = new Decoder(encoding, progress);
    yield decoder.text(head);
    while (!done) {
      const next = await chunks.next();
      if (next.done) break;
      yield decoder.text(next.value);
    }
    yield decoder.text(undefined);
  } finally {
    await chunks.return?.();
  }
}
