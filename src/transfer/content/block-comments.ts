/** Told of every block that has no content of its own in the file. */
export type OnBlock = (name: string) => void;

const BLOCK_COMMENT = /<!--\s+(\/)?wp:([a-z][a-z0-9_/-]*)(\s+\{.*?\})?\s+(\/)?-->\n?/gs;

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
  return content.replace(
    BLOCK_COMMENT,
    (
      _whole,
      isEnd: string | undefined,
      name: string,
      data: string | undefined,
      isSelfClosed: string | undefined,
    ) => {
      if (isEnd === undefined && isSelfClosed !== undefined) {
        const link = socialLink(name, data);
        if (link !== undefined) return link;
        if (!SILENT.test(name)) onDynamic(name);
      }
      return '';
    },
  );
}

/** The icons of a row of social links are links without words: they get the service's name. */
function socialLink(name: string, data: string | undefined): string | undefined {
  if (name !== 'social-link' || data === undefined) return undefined;
  const service = /"service":"([\w-]+)"/.exec(data)?.[1];
  const url = /"url":"(https?:[^"\\]+)"/.exec(data)?.[1];
  if (service === undefined || url === undefined) return undefined;
  return `<li><a href="${url}">${service}</a></li>`;
}
