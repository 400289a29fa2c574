import type { Translate } from '#src/platform/i18n.js';
import type { ImportFileError } from './import-file-error.js';
import type { PictureState } from './pictures.queries.js';
import { importedKinds, pictureCounts, type ImportReport, type ReportItem } from './report.js';

/** How an author who came with an import gets in. */
export const PASSWORD_COMMAND = 'npx billet user password <name>';

/** Why a file was refused, as one sentence. */
export function sentenceOf(error: ImportFileError, t: Translate): string {
  const sentence = t(`transfer.errors.${error.code}`, error.values);
  return error.line === undefined ? sentence : t('transfer.atLine', { line: error.line, sentence });
}

function itemLine(item: ReportItem): string {
  const times = item.count > 1 ? ` ×${String(item.count)}` : '';
  const where = item.where.length > 0 ? ` (${item.where.join('; ')})` : '';
  return `    ${item.label || '–'}${times}${where}`;
}

function pictureLines(report: ImportReport, t: Translate, pictures: PictureState): string[] {
  const counts = pictureCounts(report.counts.picture, pictures);
  const isAllHere = pictures.waiting + pictures.failed === 0;
  return [
    `  ${t('transfer.kinds.picture').padEnd(14)} ${t('transfer.pictureCounts', { ...counts })}`,
    ...(isAllHere ? [] : [`  ${t('transfer.picturesAgain')}`]),
  ];
}

/** A report as lines for a terminal; with `pictures`, as those stand now. */
export function reportLines(
  report: ImportReport,
  t: Translate,
  pictures: PictureState | null = null,
): string[] {
  const counts = importedKinds
    .filter((kind) => Object.values(report.counts[kind]).some((number) => number > 0))
    .flatMap((kind) => {
      if (kind === 'picture' && pictures !== null) return pictureLines(report, t, pictures);
      const { created, existing, skipped } = report.counts[kind];
      return [
        `  ${t(`transfer.kinds.${kind}`).padEnd(14)} ${t('transfer.countLine', { created, existing, skipped })}`,
      ];
    });
  const warnings = report.warnings.flatMap(({ reason, count, items, more }) => [
    '',
    `  ${t(`transfer.reasons.${reason}`)} (${String(count)})`,
    ...items.filter((item) => item.label !== '' || item.where.length > 0).map(itemLine),
    ...(more > 0 ? [`    ${t('transfer.more', { count: more })}`] : []),
  ]);
  const authors =
    report.counts.author.created > 0 && !report.dryRun
      ? ['', `  ${t('transfer.authorsHint')} ${PASSWORD_COMMAND}`]
      : [];
  const title = report.dryRun ? 'transfer.dryRunOf' : 'transfer.importOf';
  return [
    t(title, { site: report.siteTitle, source: report.source }),
    ...counts,
    ...authors,
    ...warnings,
  ];
}
