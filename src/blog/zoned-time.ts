const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?$/;
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/** The clock on the wall in a time zone, read as if it were UTC: milliseconds since 1970. */
function wallClock(date: Date, timeZone: string): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(date)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A moment as `<input type="datetime-local">` shows it in a time zone: `2026-03-29T14:05`. */
export function localTimeOf(date: Date, timeZone: string): string {
  return new Date(wallClock(date, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment of a wall-clock time in a time zone. A time that comes twice (clocks go back) is its
 * first coming; `gap` is a time that is left out (clocks go forward), `malformed` no time at all.
 */
export function momentOf(local: string, timeZone: string): Date | 'gap' | 'malformed' {
  const [, ...parts] = LOCAL.exec(local) ?? [];
  if (parts.length === 0) return 'malformed';
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second || 0);
  const typed = `${local.slice(0, 10)}T${local.slice(11, 16)}`;
  if (year < 1000 || new Date(wanted).toISOString().slice(0, 16) !== typed) return 'malformed';
  const moments = [wanted - DAY, wanted + DAY]
    .map((near) => wanted - (wallClock(new Date(near), timeZone) - near))
    .filter((moment) => wallClock(new Date(moment), timeZone) === wanted);
  return moments.length === 0 ? 'gap' : new Date(Math.min(...moments));
}
