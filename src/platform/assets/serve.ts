import express, { type RequestHandler, type Response } from 'express';
import sirv from 'sirv';
import type { Assets } from './load.js';

/** One year, in seconds: as long as HTTP caches are asked to keep anything. */
const YEAR = 31_536_000;

function answerNotFound(res: Response): void {
  res.set('Cache-Control', 'no-store');
  res.status(404).type('text').send('There is no such file.');
}

/**
 * Serves the static files. Built ones come precompressed (brotli, gzip) and may be kept for ever;
 * sources are checked at every use. Anything else is 404, here and now.
 */
export function serveAssets(assets: Assets): RequestHandler {
  const serve: RequestHandler = assets.fingerprinted
    ? sirv(assets.root, {
        brotli: true,
        gzip: true,
        etag: true,
        immutable: true,
        maxAge: YEAR,
        setHeaders: (res) => res.setHeader('Vary', 'Accept-Encoding'),
      })
    : express.static(assets.root, { cacheControl: false, index: false, redirect: false });
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.set('Allow', 'GET, HEAD').status(405).type('text').send('These files can only be read.');
      return;
    }
    if (assets.names && !assets.names.has(req.path.slice(1))) {
      answerNotFound(res);
      return;
    }
    if (!assets.fingerprinted) res.set('Cache-Control', 'no-cache');
    serve(req, res, (error?: unknown) => {
      if (error) next(error);
      else answerNotFound(res);
    });
  };
}
