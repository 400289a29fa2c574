import { slugOf } from '#src/platform/slug.js';
import { plainText } from '../content/html-tree.js';

const EMAIL =
  /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+\.[^\s@<>,;:"()[\]\\\p{Cc}]+$/u;

/** An e-mail address in a file as it can be stored, or null. */
export function emailOf(text: string): string | null {
  const email = text.trim();
  return email.length <= 254 && EMAIL.test(email) ? email : null;
}

/** A web address in a file as it can be linked, or null. */
export function webAddressOf(text: string): string | null {
  const url = URL.parse(text.trim());
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.username === '';
  return isWeb && url.href.length <= 2000 ? url.href : null;
}

/** A user name of this site made from a log-in of WordPress, which may hold spaces and any letters. */
export function usernameOf(login: string): string {
  const name = /^[a-z0-9][a-z0-9._-]{0,50}$/i.test(login)
    ? login
    : slugOf(login)
        .replace(/[^a-z0-9._-]+/g, '')
        .replace(/^[._-]+/, '');
  return name.slice(0, 50) || 'author';
}

/** The name that an item's creator most likely means: angle brackets and quotes are slips of export. */
export function mendedLogin(creator: string): string {
  return plainText(creator)
    .replace(/[<>"'\s]+/g, ' ')
    .trim();
}
