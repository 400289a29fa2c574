import { readFile, rm } from 'node:fs/promises';
import type { Media } from './queries.js';
import { RefusedPictureError } from './refusals.js';
import { storeImage, type StoreDeps } from './service.js';

/** A file of a form, waiting in a temporary place. */
export interface ReceivedFile {
  path: string;
  originalname: string;
}

/** What became of the files of a form, in their order. */
export interface UploadOutcome {
  stored: Media[];
  /** Those of them that somebody else had brought into the library, with the alt text given here. */
  known: Media[];
  refused: RefusedPictureError[];
}

/**
 * Stores the files of one form, one after the other; those that are refused do not hold up the rest.
 * `alts` has one text for each file, or one for all of them.
 */
export async function storeUploads(
  deps: StoreDeps,
  files: ReceivedFile[],
  words: { uploaderId: number; alts: string[] },
): Promise<UploadOutcome> {
  const outcome: UploadOutcome = { stored: [], known: [], refused: [] };
  for (const [index, file] of files.entries()) {
    try {
      const bytes = await readFile(file.path);
      const alt = words.alts.length > 1 ? (words.alts[index] ?? '') : words.alts[0];
      const input = { bytes, filename: file.originalname, alt, uploaderId: words.uploaderId };
      const { media, created } = await storeImage(deps, input);
      const isKnown = !created && media.uploaderId !== words.uploaderId;
      // The words in the library are somebody else's: those given here go into this person's posts.
      const stored = isKnown ? { ...media, alt: alt?.trim() || media.alt } : media;
      outcome.stored.push(stored);
      if (isKnown) outcome.known.push(stored);
    } catch (error) {
      if (!(error instanceof RefusedPictureError)) throw error;
      outcome.refused.push(error);
    }
  }
  return outcome;
}

/** Removes the temporary files of a form. */
export async function discardFiles(files: ReceivedFile[]): Promise<void> {
  for (const file of files) await rm(file.path, { force: true });
}
