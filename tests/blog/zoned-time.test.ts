import { describe, expect, it } from 'vitest';
import { localTimeOf, momentOf } from '#src/blog/zoned-time.js';
import { dateOf } from '#src/blog/status-rules.js';

const berlin = 'Europe/Berlin';

describe('times as authors type them', () => {
  it.each([
    ['UTC', '2026-11-21T12:00', '2026-11-21T12:00:00.000Z'],
    [berlin, '2026-07-01T08:30', '2026-07-01T06:30:00.000Z'],
    [berlin, '2026-12-01T08:30', '2026-12-01T07:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
    ['America/St_Johns', '2026-01-01T00:00:30', '2026-01-01T03:30:30.000Z'],
    // Comes twice: the first time counts.
    [berlin, '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
  ])('in %s, %s is %s', (zone, local, instant) => {
    expect(momentOf(local, zone)).toEqual(new Date(instant));
    expect(localTimeOf(new Date(instant), zone)).toBe(local.slice(0, 16));
  });

  it('names a time that the clocks leave out', () => {
    expect(momentOf('2026-03-29T02:30', berlin)).toBe('gap');
    expect(momentOf('2026-03-08T02:00', 'America/New_York')).toBe('gap');
    expect(momentOf('2011-12-30T12:00', 'Pacific/Apia')).toBe('gap');
  });

  it.each([
    '',
    'now',
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-01-01',
    '2026-01-01T25:00',
    '0000-01-01T00:00',
    '2026-01-01T10:00Z',
  ])('refuses %j', (text) => {
    expect(momentOf(text, 'UTC')).toBe('malformed');
  });

  it('leaves a date alone that was shown and not touched: seconds, and the second of two hours', () => {
    const second = new Date('2026-10-25T01:30:12.345Z');
    expect(dateOf(localTimeOf(second, berlin), second, berlin)).toEqual(second);
    expect(dateOf('2026-10-25T03:30', second, berlin)).toEqual(
      new Date('2026-10-25T02:30:00.000Z'),
    );
    expect(() => dateOf('2026-03-29T02:30', null, berlin)).toThrow();
    expect(dateOf('', second, berlin)).toBeNull();
  });
});
