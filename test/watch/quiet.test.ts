import { describe, expect, test } from 'vitest';
import { quietAt } from '../../src/watch/quiet.ts';
import type { QuietHours } from '../../src/watch/watch.ts';

const hours = (from: string, until: string, fields: Partial<QuietHours> = {}): QuietHours => ({
  rooms: null,
  platform: null,
  from: minutes(from),
  until: minutes(until),
  timeZone: 'Europe/Berlin',
  massBreaksThrough: true,
  ...fields,
});

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

const at = (time: string) => Date.parse(time);
const iso = (time: number | null | undefined) =>
  time == null ? null : new Date(time).toISOString().slice(0, 16);

describe('quiet hours', () => {
  test.each<
    [claim: string, now: string, quiet: readonly QuietHours[], until: string | null, over: string | null]
  >([
    ['none', '2026-01-05T12:00Z', [], null, null],
    ['by day', '2026-01-05T12:30Z', [hours('13:00', '14:00')], '2026-01-05T13:00', null],
    ['not yet', '2026-01-05T11:59Z', [hours('13:00', '14:00')], null, '2026-01-04T13:00'],
    ['over to the minute', '2026-01-05T13:00Z', [hours('13:00', '14:00')], null, '2026-01-05T13:00'],
    ['before midnight', '2026-01-05T22:30Z', [hours('22:00', '06:00')], '2026-01-06T05:00', null],
    ['after midnight', '2026-01-06T03:30Z', [hours('22:00', '06:00')], '2026-01-06T05:00', null],
    ['the morning after', '2026-01-06T09:00Z', [hours('22:00', '06:00')], null, '2026-01-06T05:00'],
    ['the clock goes forward', '2026-03-28T23:30Z', [hours('22:00', '06:00')], '2026-03-29T04:00', null],
    ['the clock went forward', '2026-03-29T08:00Z', [hours('22:00', '06:00')], null, '2026-03-29T04:00'],
    ['the clock goes back', '2026-10-24T23:30Z', [hours('22:00', '06:00')], '2026-10-25T05:00', null],
    [
      'the clock goes back meanwhile',
      '2026-10-25T01:30Z',
      [hours('02:00', '03:00')],
      '2026-10-25T02:00',
      null,
    ],
    [
      'another time zone',
      '2026-01-05T16:30Z',
      [hours('22:00', '06:00', { timeZone: 'Asia/Kolkata' })],
      '2026-01-06T00:30',
      null,
    ],
    [
      'two that overlap',
      '2026-01-05T12:30Z',
      [hours('13:00', '14:00'), hours('13:15', '16:00')],
      '2026-01-05T15:00',
      null,
    ],
    [
      'two that follow each other',
      '2026-01-05T13:30Z',
      [hours('13:00', '14:00'), hours('14:00', '15:00')],
      '2026-01-05T14:00',
      null,
    ],
    ['never, when they begin as they end', '2026-01-05T13:30Z', [hours('13:00', '13:00')], null, null],
  ])('%s', (_claim, now, quiet, until, over) => {
    const answer = quietAt(at(now), quiet);
    expect([iso(answer.until), iso(answer.over?.until)]).toEqual([until, over]);
  });

  test('say when they began', () => {
    expect(iso(quietAt(at('2026-01-06T09:00Z'), [hours('22:00', '06:00')]).over?.from)).toBe(
      '2026-01-05T21:00',
    );
  });

  test('a mass event breaks through when all of them let it', () => {
    const now = at('2026-01-05T12:30Z');
    expect(quietAt(now, [hours('13:00', '14:00')]).massBreaksThrough).toBe(true);
    const strict = hours('13:00', '16:00', { massBreaksThrough: false });
    expect(quietAt(now, [hours('13:00', '14:00'), strict]).massBreaksThrough).toBe(false);
  });
});
