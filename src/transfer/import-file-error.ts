/** Why a file cannot be imported; each has a sentence `transfer.errors.<code>` in the catalogue. */
export type ImportFileProblem =
  | 'empty'
  | 'binary'
  | 'compressed'
  | 'encoding'
  | 'unknownEncoding'
  | 'notXml'
  | 'json'
  | 'html'
  | 'notRss'
  | 'notWxr'
  | 'version'
  | 'doctype'
  | 'xml'
  | 'truncated'
  | 'tooDeep'
  | 'tooLarge'
  | 'tooMany'
  | 'missing'
  | 'busy';

/**
 * A file that is refused as a whole: `code` and `values` fill a sentence of the catalogue, `line` is
 * where it went wrong (1 is the first).
 */
export class ImportFileError extends Error {
  override readonly name = 'ImportFileError';

  constructor(
    readonly code: ImportFileProblem,
    readonly values: Record<string, string | number> = {},
  ) {
    super(`${code} ${JSON.stringify(values)}`);
  }

  /** The line of the file, where there is one. */
  get line(): number | undefined {
    return typeof this.values.line === 'number' ? this.values.line : undefined;
  }
}
