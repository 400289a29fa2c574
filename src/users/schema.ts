import { z } from 'zod';
import { isWellFormed, listOf, text } from '#src/platform/validate.js';

/** Shortest password; length beats rules about letters (NIST SP 800-63B, 3.1.1.2). */
export const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;

// A password is taken as typed: never trimmed.
const typedPassword = z
  .string({ error: 'problems.required' })
  .min(1, { error: 'problems.required' })
  .max(PASSWORD_MAX, { error: 'problems.long' })
  .refine(isWellFormed, { error: 'problems.characters' });

const newPassword = typedPassword.pipe(
  z.string().min(PASSWORD_MIN, { error: 'problems.passwordShort' }),
);

/** Names that would speak for the site itself, or look like nobody. */
const reservedUsernames = new Set([
  'anonymous',
  'billet',
  'deleted',
  'everyone',
  'guest',
  'me',
  'moderator',
  'nobody',
  'null',
  'root',
  'support',
  'system',
  'undefined',
  'webmaster',
]);

/** A user name as the database takes it (its CHECK says the same), and not reserved. */
export const username = text(60, 1)
  .refine((value) => /^[a-z0-9][a-z0-9._-]*$/i.test(value), { error: 'problems.username' })
  .refine((value) => !reservedUsernames.has(value.toLowerCase()), { error: 'problems.reserved' });

/** An e-mail address. */
export const email = text(254, 1).pipe(z.email({ error: 'problems.email' }));

/** The log-in form. */
export const loginForm = z.object({ login: text(254, 1), password: typedPassword });

/** False for a password that is the person's own name or e-mail address. */
export function differsFromName(input: {
  password: string;
  email: string;
  username: string;
}): boolean {
  const typed = input.password.toLowerCase();
  const [mailbox] = input.email.toLowerCase().split('@');
  return ![input.username.toLowerCase(), input.email.toLowerCase(), mailbox].includes(typed);
}

/** What makes an account with a password. */
export const accountForm = z
  .object({
    email,
    username,
    displayName: text(100).optional(),
    password: newPassword,
  })
  .refine(differsFromName, { path: ['password'], error: 'problems.passwordIsName' });

/** What makes an account without a password. */
export const commandAccount = z.object({ email, username, displayName: text(100).optional() });

/** What most posts may be written in, as the set-up page offers it; the settings take any other. */
export const siteLanguages = [
  ...['ar', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu'],
  ...['hy', 'id', 'it', 'ja', 'ko', 'nb', 'nl', 'pl', 'pt', 'ro', 'ru', 'sv', 'th', 'tr', 'uk'],
  ...['vi', 'zh'],
];

/** The first admin's form, with what the site is called. */
export const setupForm = accountForm.and(
  z.object({
    token: z.string().max(200),
    siteTitle: text(120).optional(),
    siteLanguage: z.enum(siteLanguages, { error: 'problems.id' }).optional(),
  }),
);

const website = text(500)
  .refine((value) => value === '' || isWebAddress(value), { error: 'problems.url' })
  .transform((value) => (value === '' ? null : value));

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
}

/** What people say of themselves. */
export const profileForm = z.object({
  displayName: text(100, 1),
  bio: text(2000),
  website,
});

/** A change of password, with the old one. */
export const passwordForm = z.object({ currentPassword: typedPassword, password: newPassword });

/** A password that is given without the old one. */
export const commandPassword = passwordForm.pick({ password: true });

/** Which sessions to end. */
export const sessionForm = z.object({ session: listOf(z.string().max(100)) });

/** A role's word. */
export const role = z.enum(['reader', 'author', 'editor', 'admin'], { error: 'problems.role' });
