import { z } from 'zod';
import { text } from '#src/platform/validate.js';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const emailOrNothing = z.union([z.literal(''), z.email().max(254)], { error: 'problems.email' });

/** What an admin changes while the site runs, as a form sends it. Sizes in posts. */
export const settingsSchema = z.object({
  title: text(120, 1),
  description: text(500),
  /** BCP 47 tag: what most posts are written in. */
  language: text(35, 2).refine(isLanguage, { error: 'problems.language' }),
  /** IANA name: dates on pages, `/archive/:year/:month`, and what an author types. */
  timeZone: text(64, 1).refine(isTimeZone, { error: 'problems.timeZone' }),
  postsPerPage: z.coerce
    .number({ error: 'problems.number' })
    .int({ error: 'problems.number' })
    .min(1, { error: 'problems.low' })
    .max(100, { error: 'problems.high' }),
  /** One line or two of Markdown, at the foot of every page. */
  footer: text(1000),
  /** For `/.well-known/security.txt`; empty: there is none. */
  securityEmail: emailOrNothing,
});

/** The settings of the site. */
export type Settings = z.output<typeof settingsSchema>;

/** What a new site starts with. */
export const defaultSettings: Settings = {
  title: 'Billet',
  description: '',
  language: 'en',
  timeZone: 'UTC',
  postsPerPage: 10,
  footer: '',
  securityEmail: '',
};

/** Form of `POST /preferences`: one of both, or both. */
export const preferencesSchema = z.object({
  scheme: z.enum(['auto', 'light', 'dark'], { error: 'problems.id' }).optional(),
  /** A locale of the catalogue, or empty for what the browser says. */
  locale: text(35).optional(),
  returnTo: z.unknown().optional(),
});

const address = text(2000, 1).refine(isMenuAddress, { error: 'problems.address' });

/** A path of this site, a fragment, or a full address that a link may have. */
export function isMenuAddress(url: string): boolean {
  if (/^(?:\/(?![/\\])|#|\?)/.test(url)) return !/[\s\p{Cc}\\]/u.test(url);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && ['http:', 'https:', 'mailto:', 'tel:'].includes(parsed.protocol);
}

const target = z.union(
  [
    z.object({ url: address }),
    z.object({ postId: z.int().positive() }),
    z.object({ categoryId: z.int().positive() }),
    z.object({ tagId: z.int().positive() }),
  ],
  { error: 'problems.address' },
);

/** A line of a menu and the lines below it. Exactly one target. */
export type MenuItemInput = z.output<typeof target> & {
  /** Empty: the title or name of the target. */
  label: string;
  children: MenuItemInput[];
};

/** Deepest level of a menu that is kept. */
export const MENU_DEPTH = 5;

/** A menu as it is saved. */
export const menuSchema: z.ZodType<MenuItemInput[]> = z
  .array(
    z.intersection(
      target,
      z.object({
        label: text(200),
        get children() {
          return menuSchema;
        },
      }),
    ),
  )
  .max(500, { error: 'problems.long' });
