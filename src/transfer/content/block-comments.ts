/** Told of every block that has no content of its own in the file. */
export type OnBlock = (name: string) => void;

/** The inside of a block's comment: `/wp:name {…} /`. */
const BLOCK = /^\s+(\/)?wp:([a-z][a-z0-9_/-]*)(?:\s+(\{[\s\S]*\}))?\s+(\/)?$/;

/** Blocks without content that say nothing: their parent tells, or they are only space. */
const SILENT =
  /^(?:spacer|separator|nextpage|more|paragraph|shortcode|post-template|query-no-results|query-pagination|social-links?|image|gallery|heading|list|list-item|quote|html|group|column|columns|buttons?|freeform)$/;

/** True for content of the block editor. */
export function hasBlocks(content: string): boolean {
  return content.includes('<!-- wp:');
}

/**
 * Takes the block editor's comments off its HTML. A block that WordPress fills when it shows the
 * page (latest posts, calendar, navigation …) leaves nothing; `onDynamic` is told its name.
 */
export function stripBlockComments(content: string, onDynamic: OnBlock): string {
  let result = '';
  let copied = 0;
  for (let at = content.indexOf('<!--'); at !== -1; at = content.indexOf('<!--', at + 4)) {
    const end = content.indexOf('-->', at);
    if (end === -1) break;
    const block = BLOCK.exec(content.slice(at + 4, end));
    if (block === null) continue;
    result += content.slice(copied, at) + contentOf(block, onDynamic);
    copied = content[end + 3] === '\n' ? end + 4 : end + 3;
  }
  return result + content.slice(copied);
}

function contentOf(
  [, isEnd, name = '', data, isSelfClosed]: RegExpExecArray,
  onDynamic: OnBlock,
): string {
  if (isEnd !== undefined || isSelfClosed === undefined) return '';
  const link = socialLink(name, data);
  if (link === undefined && !SILENT.test(name)) onDynamic(name);
  return link ?? '';
}

/** The icons of a row of social links are links without words: they get the service's name. */
function socialLink(name: string, data: string | undefined): string | undefined {
  if (name !== 'social-link' || data === undefined) return undefined;
  const service = /"service":"([\w-]+)"/.exec(data)?.[1];
  const url = /"url":"(https?:[^"\\]+)"/.exec(data)?.[1];
  if (service === undefined || url === undefined) return undefined;
  return `<li><a href="${url}">${service}</a></li>`;
}
