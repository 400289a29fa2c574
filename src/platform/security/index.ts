import type { RequestHandler } from 'express';

const pass: RequestHandler = (_req, _res, next) => next();

/** Placeholder shape; filled by the security slice. */
export function requestLog(_deps: unknown): RequestHandler { return pass; }
export function closeWhileDraining(_deps: unknown): RequestHandler { return pass; }
export function securityHeaders(_config: unknown): RequestHandler { return pass; }
export function refuseMalformedUrls(): RequestHandler { return pass; }
export function withoutTrailingSlash(): RequestHandler { return pass; }
export function refuseCrossSite(_config: unknown): RequestHandler { return pass; }
