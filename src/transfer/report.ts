/** What an import brings in. */
export const importedKinds = [
  'author',
  'category',
  'tag',
  'post',
  'page',
  'comment',
  'menuItem',
  'redirect',
  'picture',
] as const;

/** One of them. */
export type ImportedKind = (typeof importedKinds)[number];

/** What became of the things of one kind. */
export interface ImportedCount {
  created: number;
  /** Here already: from an earlier run, or made here under the same name. */
  existing: number;
  /** Not brought in; the report says why. */
  skipped: number;
}

/** Why something did not come over as it was; `transfer.reasons.<reason>` says it in words. */
export type ReportReason =
  | 'dynamicBlock'
  | 'unknownShortcode'
  | 'emptyGallery'
  | 'script'
  | 'form'
  | 'embed'
  | 'pageBreak'
  | 'audioVideo'
  | 'tooDeep'
  | 'notPicture'
  | 'unknownLink'
  | 'duplicate'
  | 'postType'
  | 'postStatus'
  | 'postFormat'
  | 'template'
  | 'customField'
  | 'pluginField'
  | 'oembed'
  | 'enclosure'
  | 'password'
  | 'pageTree'
  | 'reservedSlug'
  | 'slugChanged'
  | 'noTitle'
  | 'noDate'
  | 'taxonomy'
  | 'menuLeftOut'
  | 'menuExists'
  | 'menuTarget'
  | 'menuDepth'
  | 'creatorMended'
  | 'noCreator'
  | 'emailMissing'
  | 'emailTaken'
  | 'accountReused'
  | 'commentType'
  | 'commentParent'
  | 'commentDepth'
  | 'commentAddress'
  | 'attachmentComment'
  | 'controlCharacters';

/** Things of one name under a reason: how many, and in which posts (a few of them). */
export interface ReportItem {
  label: string;
  count: number;
  where: string[];
}

/** All that is to be told for one reason. */
export interface ReportWarning {
  reason: ReportReason;
  count: number;
  items: ReportItem[];
  /** How many further labels there are beyond those listed. */
  more: number;
}

/** What an import did: the same for the command line, for programs and for the page. */
export interface ImportReport {
  format: 'wordpress';
  /** Address of the site that it came from, without its protocol. */
  source: string;
  siteTitle: string;
  dryRun: boolean;
  counts: Record<ImportedKind, ImportedCount>;
  warnings: ReportWarning[];
}

const MAX_ITEMS = 60;
const MAX_WHERE = 5;
const MAX_TEXT = 160;

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1).toWellFormed()}…` : text;
}

/** Collects a report in bounded memory, however much there is to tell. */
export class ReportBuilder {
  readonly #counts: Record<ImportedKind, ImportedCount>;
  readonly #warnings = new Map<
    ReportReason,
    { count: number; items: Map<string, ReportItem>; more: number }
  >();
  source = '';
  siteTitle = '';

  constructor() {
    const zero = (): ImportedCount => ({ created: 0, existing: 0, skipped: 0 });
    this.#counts = Object.fromEntries(importedKinds.map((kind) => [kind, zero()])) as Record<
      ImportedKind,
      ImportedCount
    >;
  }

  count(kind: ImportedKind, outcome: keyof ImportedCount, number = 1): void {
    this.#counts[kind][outcome] += number;
  }

  /** `label` is what the reason is about (a field, a block, a title), `where` the post it stands in. */
  warn(reason: ReportReason, label: string, where = '', count = 1): void {
    const warning = this.#warnings.get(reason) ?? {
      count: 0,
      items: new Map<string, ReportItem>(),
      more: 0,
    };
    this.#warnings.set(reason, warning);
    warning.count += count;
    const key = shortened(label);
    const item = warning.items.get(key);
    if (item !== undefined) {
      item.count += count;
      if (where !== '' && item.where.length < MAX_WHERE && !item.where.includes(shortened(where)))
        item.where.push(shortened(where));
    } else if (warning.items.size < MAX_ITEMS) {
      warning.items.set(key, { label: key, count, where: where === '' ? [] : [shortened(where)] });
    } else warning.more += 1;
  }

  report(dryRun: boolean): ImportReport {
    return {
      format: 'wordpress',
      source: this.source,
      siteTitle: this.siteTitle,
      dryRun,
      counts: this.#counts,
      warnings: [...this.#warnings].map(([reason, { count, items, more }]) => ({
        reason,
        count,
        items: [...items.values()],
        more,
      })),
    };
  }
}

/** How the pictures of a run stand, with those that it did not have to fetch. */
export interface PictureCounts {
  here: number;
  waiting: number;
  failed: number;
  existing: number;
  skipped: number;
}

/** What a report counted when the run ended, as its pictures stand now. */
export function pictureCounts(
  { created, existing, skipped }: ImportedCount,
  now: { total: number; here: number; waiting: number; failed: number },
): PictureCounts {
  const { here, waiting, failed } = now;
  // A later run takes over what an earlier one could not get: that is known, but not here.
  const triedAgain = Math.max(0, now.total - created);
  return { here, waiting, failed, existing: Math.max(0, existing - triedAgain), skipped };
}
