import path from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { AssetFile, Assets } from './load.js';

/** A fingerprinted file never changes: a year is as long as caches are asked to keep anything. */
const FOR_EVER = 'public, max-age=31536000, immutable';

function answerNotFound(res: Response): void {
  res.removeHeader('ETag');
  res.set('Cache-Control', 'no-store');
  res.status(404).type('text').send('There is no such file.');
}

function sendFile(req: Request, res: Response, file: AssetFile): void {
  res.type(path.extname(req.path)).set('Cache-Control', FOR_EVER);
  if (file.br ?? file.gzip) res.vary('Accept-Encoding');
  // Browsers name gzip first out of habit; the smaller one is ours to choose.
  const encoding = (['br', 'gzip'] as const).find((name) => req.acceptsEncodings(name) === name);
  const compressed = encoding && file[encoding];
  if (compressed) res.set('Content-Encoding', encoding);
  // Each encoding has its own bytes and so its own strong tag (RFC 9110, 8.8.3.3).
  res.set('ETag', compressed ? `"${file.tag}-${encoding}"` : `"${file.tag}"`);
  res.send(compressed ?? file.content);
}

/**
 * Serves the static files. Built ones come precompressed (brotli, gzip) and may be kept for ever;
 * sources are checked at every use. Anything else is 404, here and now.
 */
export function serveAssets(assets: Assets): RequestHandler {
  const sources =
    assets.root &&
    express.static(assets.root, { cacheControl: false, index: false, redirect: false });
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.set('Allow', 'GET, HEAD').status(405).type('text').send('These files can only be read.');
      return;
    }
    const file = assets.files.get(req.path.slice(1));
    if (file) sendFile(req, res, file);
    else if (!sources) answerNotFound(res);
    else {
      res.set('Cache-Control', 'no-cache');
      sources(req, res, (error?: unknown) => {
        if (error) next(error);
        else answerNotFound(res);
      });
    }
  };
}
