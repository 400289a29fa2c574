import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ImportFileError } from './import-file-error.js';
import { isPictureAddress, originalPlaces } from './wordpress/picture-address.js';

/** Most files of a folder that are looked at. */
const MOST_FILES = 1_000_000;

/** A copy of `wp-content/uploads`, searched by the addresses of pictures. */
export class MediaFolder {
  readonly #byPath = new Map<string, string>();
  /** By name alone; null where several files have it. */
  readonly #byName = new Map<string, string | null>();

  private constructor(private readonly root: string) {}

  /** @throws {ImportFileError} `missing` when it is no folder that can be read. */
  static async open(root: string): Promise<MediaFolder> {
    const folder = new MediaFolder(root);
    const found = await stat(root).catch(() => undefined);
    if (found?.isDirectory() !== true) throw new ImportFileError('missing', { path: root });
    await folder.#read('');
    return folder;
  }

  /** The file of the picture at this address: by its path below the uploads, else by its name. */
  find(address: string): string | undefined {
    const url = URL.parse(address);
    if (url === null) return undefined;
    const segments = decoded(url.pathname)
      .split('/')
      .filter((segment) => segment !== '');
    for (const place of originalPlaces(segments.join('/'))) {
      const parts = place.split('/');
      for (let start = 0; start < parts.length - 1; start += 1) {
        const file = this.#byPath.get(parts.slice(start).join('/').toLowerCase());
        if (file !== undefined) return file;
      }
    }
    const name = segments.at(-1)?.toLowerCase() ?? '';
    return this.#byPath.get(name) ?? this.#byName.get(name) ?? undefined;
  }

  async #read(folder: string): Promise<void> {
    // Symbolic links are left alone: they may lead out of the folder.
    for (const entry of await readdir(path.join(this.root, folder), { withFileTypes: true })) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await this.#read(relative);
      else if (
        entry.isFile() &&
        isPictureAddress(new URL(`http://x/${encodeURIComponent(entry.name)}`))
      ) {
        if (this.#byPath.size >= MOST_FILES)
          throw new ImportFileError('tooMany', { max: MOST_FILES });
        const file = path.join(this.root, relative);
        const name = entry.name.toLowerCase();
        this.#byPath.set(relative.normalize('NFC').toLowerCase(), file);
        this.#byName.set(name, this.#byName.has(name) ? null : file);
      }
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return text;
  }
}
