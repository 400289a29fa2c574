const FORMAT = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/;

/** `YYYY-MM-DD HH:MM:SS` read as UTC; null for zeros and for dates that do not exist. */
function readUtc(text: string): number | null {
  const match = FORMAT.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  if (year < 1 || month < 1 || day < 1) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(time).getUTCDate() === day ? time : null;
}

/** Milliseconds that a zone's clock is ahead of UTC at an instant. */
function offsetAt(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(time / 1000) * 1000;
}

/**
 * The instant of a date in a WXR file: the UTC one, or the local one in `timeZone` where WordPress
 * left the UTC one empty (`0000-00-00 00:00:00`, as drafts have). Null where there is neither.
 */
export function instantOf(gmt: string, local: string, timeZone: string): Date | null {
  const utc = readUtc(gmt);
  if (utc !== null) return new Date(utc);
  const wall = readUtc(local);
  if (wall === null) return null;
  const first = wall - offsetAt(wall, timeZone);
  // A second look: the offset may change between the two.
  return new Date(wall - offsetAt(first, timeZone));
}
