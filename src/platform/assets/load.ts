import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The static files: fingerprinted where a build made them, the sources themselves otherwise. */
export interface Assets {
  /** Folder that is served. */
  root: string;
  /** True when the names carry a fingerprint, so that an answer never changes. */
  fingerprinted: boolean;
  /** Names below `root` that are served. Undefined: every file there. */
  names: ReadonlySet<string> | undefined;
  /**
   * Address of a source name such as `css/site.css`: `/assets/css/site-<hash>.css`.
   * @throws {Error} when there is no such file.
   */
  url(name: string): string;
}

function builtAssets(root: string): Assets {
  const manifest = JSON.parse(readFileSync(path.join(root, 'manifest.json'), 'utf8')) as Record<
    string,
    string
  >;
  return {
    root,
    fingerprinted: true,
    names: new Set(Object.values(manifest)),
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
    fingerprinted: false,
    names: undefined,
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
