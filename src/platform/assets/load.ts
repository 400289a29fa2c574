import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file as it is sent, with its compressed twins where the build made them. */
export interface AssetFile {
  content: Buffer;
  br: Buffer | undefined;
  gzip: Buffer | undefined;
  /** Strong entity tag of the uncompressed content, without quotes. */
  tag: string;
}

/** The static files: fingerprinted where a build made them, the sources themselves otherwise. */
export interface Assets {
  /** Folder of the sources; undefined for built files, which are held in memory. */
  root: string | undefined;
  /** Built files by name below `/assets/`. Those of the build before are among them. */
  files: ReadonlyMap<string, AssetFile>;
  /**
   * Address of a source name such as `css/site.css`: `/assets/css/site-<hash>.css`.
   * @throws {Error} when there is no such file.
   */
  url(name: string): string;
}

function filesIn(root: string): Map<string, AssetFile> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== root)
    .map((entry) => path.join(entry.parentPath, entry.name));
  const twin = (file: string): Buffer | undefined =>
    names.includes(file) ? readFileSync(file) : undefined;
  return new Map(
    names
      .filter((file) => !/\.(?:br|gz)$/.test(file))
      .map((file) => {
        const content = readFileSync(file);
        const tag = createHash('sha256').update(content).digest('base64url').slice(0, 22);
        const name = path.relative(root, file).split(path.sep).join('/');
        return [name, { content, br: twin(`${file}.br`), gzip: twin(`${file}.gz`), tag }];
      }),
  );
}

// A few hundred kilobytes, read once: a build beside a running site takes nothing away from it.
function builtAssets(root: string): Assets {
  const manifest = JSON.parse(readFileSync(path.join(root, 'manifest.json'), 'utf8')) as Record<
    string,
    string
  >;
  return {
    root: undefined,
    files: filesIn(root),
    url: (name) => {
      const built = Object.hasOwn(manifest, name) ? manifest[name] : undefined;
      if (!built) throw new Error(`The build has no static file "${name}".`);
      return `/assets/${built}`;
    },
  };
}

function sourceAssets(root: string): Assets {
  const known = new Set<string>();
  return {
    root,
    files: new Map(),
    url: (name) => {
      if (!known.has(name)) {
        if (!existsSync(path.join(root, name))) throw new Error(`There is no public/${name}.`);
        known.add(name);
      }
      return `/assets/${name}`;
    },
  };
}

/**
 * Finds the static files of the program in `programRoot`: what the build left in `dist/assets` for a
 * program that runs from `dist/`; for one that runs from its sources (tests, development) the files
 * of `public/` as they are, which browsers read without a build. `built` decides otherwise.
 */
export function loadAssets(
  programRoot: string,
  built: boolean = import.meta.filename.endsWith('.js'),
): Assets {
  return built
    ? builtAssets(path.join(programRoot, 'dist', 'assets'))
    : sourceAssets(path.join(programRoot, 'public'));
}
