import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { translatorOf } from './preferences.js';

/** A message for the next page that a person sees: a key of the catalogue and its placeholders. */
export interface Flash {
  kind: 'done' | 'problem' | 'note';
  key: string;
  values?: Record<string, string | number>;
  /** A second sentence. */
  more?: { key: string; values?: Record<string, string | number> };
  /** What an Undo button beside it would bring back: ids of posts or pages. */
  undo?: { kind: 'post' | 'page'; ids: number[] };
}

const COOKIE = 'flash';
const LONGEST_VALUE = 120;

const sentence = z.object({
  key: z.string().regex(/^[\w.]+$/),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const flashSchema = sentence.extend({
  kind: z.enum(['done', 'problem', 'note']),
  more: sentence.optional(),
  undo: z.object({ kind: z.enum(['post', 'page']), ids: z.array(z.number().int()) }).optional(),
});

function shortened(value: string | number): string | number {
  if (typeof value === 'number' || value.length <= LONGEST_VALUE) return value;
  return `${[...value].slice(0, LONGEST_VALUE - 1).join('')}…`;
}

/** Leaves a message for the page after the redirect. It lies in the browser, not in the session. */
export function setFlash(res: Response, flash: Flash): void {
  const values = Object.entries(flash.values ?? {}).map(([name, value]) => [
    name,
    shortened(value),
  ]);
  // A cookie holds 4 KB: an undo of very many posts is left out rather than the message.
  const undo = flash.undo && flash.undo.ids.length <= 200 ? flash.undo : undefined;
  const content = JSON.stringify({ ...flash, values: Object.fromEntries(values), undo });
  res.cookie(COOKIE, Buffer.from(content).toString('base64url'), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/admin',
    maxAge: 60_000,
  });
}

/** Takes the message that waits for this page, once; null when there is none or it is not ours. */
export function takeFlash(req: Request, res: Response): Flash | null {
  const cookie = parseCookie(req.headers.cookie ?? '')[COOKIE];
  if (!cookie) return null;
  res.clearCookie(COOKIE, { path: '/admin' });
  try {
    const content: unknown = JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8'));
    const flash = flashSchema.parse(content);
    const t = translatorOf(res);
    // A key that the catalogue does not have (an older version left it) throws.
    for (const part of [flash, flash.more]) if (part) t(part.key, part.values);
    return flash;
  } catch {
    return null;
  }
}
