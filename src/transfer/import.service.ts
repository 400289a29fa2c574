import { stat } from 'node:fs/promises';
import { inTransaction, type Db } from '#src/platform/db.js';
import { getSettings } from '#src/site/index.js';
import { ImportFileError } from './import-file-error.js';
import { tryImportLock } from './import.queries.js';
import type { Importing, ImportProgress } from './importing.types.js';
import { MediaFolder } from './media-folder.js';
import { countPictures, storeAwaited, type PictureState } from './pictures.queries.js';
import { takeFromFolder, type PictureDeps } from './pictures.service.js';
import { ReportBuilder, type ImportReport } from './report.js';
import { startRun, finishRun } from './runs.queries.js';
import { createStaging, stageAddresses, storeStagedAddresses } from './staging.queries.js';
import { enqueueFetches } from './fetching.js';
import { ContentImport } from './wordpress/import-content.js';
import { ItemIndex, siteAddresses } from './wordpress/import-index.js';
import { Menus } from './wordpress/import-menus.js';
import { People } from './wordpress/import-people.js';
import { Terms } from './wordpress/import-terms.js';
import { menuLineOf } from './wordpress/menus.js';
import { isPost } from './wordpress/posts.js';
import { SiteAddress } from './wordpress/site-address.js';
import { languageTag } from './wordpress/text-language.js';
import type { TextProgress } from './wordpress/text-stream.js';
import { readWxrFile } from './wordpress/wxr-reader.js';
import type { WxrSite } from './wordpress/wxr.types.js';

/** Longest time that an import may take, in milliseconds. */
const TIMEOUT = 12 * 3600 * 1000;

/** What importing takes. */
export type ImportDeps = PictureDeps;

/** A file to be imported. */
export interface ImportInput {
  path: string;
  /** What the file is called in the history. */
  filename: string;
  dryRun: boolean;
  /** The run that an admin started; without one the import makes its own. */
  runId?: number;
  userId?: number | null;
  /** A copy of `wp-content/uploads`: pictures in it are taken at once, the others are fetched by jobs. */
  mediaDir?: string;
  onProgress?: (progress: ImportProgress) => void | Promise<void>;
}

/** What an import answers: its report, and the run that it is kept under (none after a dry run). */
export interface ImportResult {
  report: ImportReport;
  runId: number | null;
  /** How the pictures of the run stand; null after a dry run. */
  pictures: PictureState | null;
}

type Imported = Omit<ImportResult, 'pictures'>;

/** Carries the report out of a transaction that is rolled back. */
class DryRun extends Error {
  constructor(readonly report: ImportReport) {
    super('dry run');
  }
}

/** What the validation of a file found. */
export interface Validated {
  site: WxrSite;
  items: number;
  droppedCharacters: number;
}

/**
 * Reads a file from end to end and changes nothing.
 * @throws {ImportFileError} with line and reason.
 */
export async function validateWxr(
  path: string,
  onProgress?: ImportInput['onProgress'],
): Promise<Validated> {
  const total = await sizeOf(path);
  const progress: TextProgress = { bytes: 0, dropped: 0, lines: 1 };
  let site: WxrSite | undefined;
  let items = 0;
  for await (const record of readWxrFile(path, progress)) {
    if (record.kind === 'site') site = record.site;
    if (record.kind === 'item') items += 1;
    if (items % 100 === 0) await onProgress?.({ phase: 'validating', done: progress.bytes, total });
  }
  if (site === undefined) throw new ImportFileError('notWxr', { line: progress.lines });
  return { site, items, droppedCharacters: progress.dropped };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const { size, isDirectory } = await stat(path).then((found) => ({
      size: found.size,
      isDirectory: found.isDirectory(),
    }));
    if (isDirectory) throw new ImportFileError('missing', { path });
    return size;
  } catch (error) {
    if (error instanceof ImportFileError) throw error;
    throw new ImportFileError('missing', { path });
  }
}

/**
 * Imports a WordPress export (WXR 1.0 to 1.2). A first pass validates the whole file, then one
 * transaction brings it in: all of it or nothing. What an earlier run of the same site brought in is
 * left as it is. Pictures are fetched by jobs afterwards.
 * @throws {ImportFileError} with line and reason; `busy` while another import runs.
 */
export async function importWordPress(deps: ImportDeps, input: ImportInput): Promise<ImportResult> {
  const folder = input.mediaDir === undefined ? null : await MediaFolder.open(input.mediaDir);
  const validated = await validateWxr(input.path, input.onProgress);
  const result = await inOneTransaction(deps, input, validated, folder);
  if (folder !== null && !input.dryRun && result.runId !== null) {
    await takeFromFolder(deps, result.runId, folder, input.onProgress);
  }
  const { runId } = result;
  const isKept = !input.dryRun && runId !== null;
  return { ...result, pictures: isKept ? await countPictures(deps.db, runId) : null };
}

async function inOneTransaction(
  deps: ImportDeps,
  input: ImportInput,
  validated: Validated,
  folder: MediaFolder | null,
): Promise<Imported> {
  try {
    return await inTransaction(
      deps.db,
      async (tx) => {
        const result = await importIn(tx, deps, input, validated, folder);
        if (input.dryRun) throw new DryRun(result.report);
        return result;
      },
      { timeout: TIMEOUT },
    );
  } catch (error) {
    if (error instanceof DryRun) return { report: error.report, runId: input.runId ?? null };
    throw error;
  }
}

async function importIn(
  tx: Db,
  deps: ImportDeps,
  input: ImportInput,
  validated: Validated,
  folder: MediaFolder | null,
): Promise<Imported> {
  const builder = new ReportBuilder();
  if (!(await tryImportLock(tx))) throw new ImportFileError('busy');
  const importId =
    input.runId ??
    (await startRun(tx, {
      filename: input.filename,
      userId: input.userId ?? null,
      now: deps.now(),
    }));
  const importing = await beginImporting(tx, deps, validated, builder, importId);
  await createStaging(tx);
  const terms = new Terms(builder);
  const people = new People(importing);
  await readStructure(importing, input, terms, people, validated.items);
  await readContent(importing, input, terms, people, validated.items);
  const redirects = await storeStagedAddresses(tx);
  builder.count('redirect', 'created', redirects.created);
  builder.count('redirect', 'existing', redirects.existing);
  const pictures = await storeAwaited(tx, importId);
  builder.count('picture', 'created', pictures.created);
  builder.count('picture', 'existing', pictures.existing);
  await enqueueFetches(tx, (url) => folder?.find(url) !== undefined);
  const report = builder.report(input.dryRun);
  await finishRun(tx, importId, { report, total: validated.items, now: deps.now() });
  return { report, runId: importId };
}

async function beginImporting(
  tx: Db,
  deps: ImportDeps,
  { site, droppedCharacters }: Validated,
  report: ReportBuilder,
  importId: number,
): Promise<Importing> {
  const settings = await getSettings(tx);
  const address = new SiteAddress(site.address);
  report.source = address.source;
  report.siteTitle = site.title;
  if (droppedCharacters > 0) report.warn('controlCharacters', '', '', droppedCharacters);
  return {
    tx,
    site: address,
    source: address.source,
    report,
    timeZone: settings.timeZone,
    language: languageTag(site.language, settings.language),
    now: deps.now,
    baseUrl: deps.config.baseUrl,
    importId,
  };
}

async function readStructure(
  importing: Importing,
  input: ImportInput,
  terms: Terms,
  people: People,
  total: number,
): Promise<void> {
  const index = new ItemIndex(importing);
  let done = 0;
  for await (const record of readWxrFile(input.path)) {
    if (record.kind === 'author') await people.add(record.author);
    else if (record.kind === 'term') terms.add(record.term);
    else if (record.kind === 'item') {
      if (isPost(record.item)) for (const term of record.item.terms) terms.mention(term);
      await index.add(record.item);
      done += 1;
      if (done % 200 === 0)
        await input.onProgress?.({ phase: 'importing', done: Math.floor(done / 10), total });
    }
  }
  await index.finish();
  await stageAddresses(importing.tx, await terms.store(importing));
  await stageAddresses(importing.tx, siteAddresses(importing, await people.usernames()));
}

async function readContent(
  importing: Importing,
  input: ImportInput,
  terms: Terms,
  people: People,
  total: number,
): Promise<void> {
  const content = new ContentImport(importing, people, terms);
  const menus = new Menus(importing, terms);
  let done = 0;
  for await (const record of readWxrFile(input.path)) {
    if (record.kind !== 'item') continue;
    const line = record.item.type === 'nav_menu_item' ? menuLineOf(record.item) : undefined;
    if (line !== undefined) menus.add(line);
    await content.add(record.item);
    done += 1;
    if (done % 20 === 0) await input.onProgress?.({ phase: 'importing', done, total });
  }
  await content.flush();
  await menus.store();
  await input.onProgress?.({ phase: 'importing', done: total, total });
}
