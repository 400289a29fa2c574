// Controls, marks that turn the direction of text or hide in it, and halves of characters.
const UNSHOWN =
  /[\p{Cc}\p{Surrogate}\p{Zl}\p{Zp}\p{Bidi_Control}\u{200b}\u{feff}\u{e0000}-\u{e007f}]+/gu;
const LONGEST = 200;

/**
 * The name of an uploaded file as it can be stored and shown: its last part, composed (NFC), without
 * invisible characters, at most 200 characters with its ending kept; `picture` where nothing is left.
 */
export function shownFilename(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replace(UNSHOWN, '').replace(/\s+/g, ' ').trim();
  if (clean === '' || /^\.+$/.test(clean)) return 'picture';
  const characters = [...clean];
  if (characters.length <= LONGEST) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return `${characters.slice(0, LONGEST - ending.length - 1).join('')}…${ending}`;
}
