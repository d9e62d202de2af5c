import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentOf, readDuration, readUntil } from '../../src/command/duration.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 12, 14, 30);

describe('a length of time', () => {
  test.each([
    ['90s', 90 * SECOND],
    ['5m', 5 * MINUTE],
    ['2h', 2 * HOUR],
    ['1d', DAY],
    ['2w', 14 * DAY],
    ['1h30m', 90 * MINUTE],
    ['1h 30m', 90 * MINUTE],
    ['5 min', 5 * MINUTE],
    ['5 Minutes', 5 * MINUTE],
    ['2 days', 2 * DAY],
    ['0', 0],
    ['0s', 0],
  ])('%s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  test.each([
    '',
    '5',
    '5 parsecs',
    'parsecs',
    '-5m',
    '1.5h',
    '5m!',
    'h',
    '5m5',
    '99999999s',
    'two hours',
    'm5',
  ])('"%s" is none', (text) => {
    expect(readDuration(text)).toBeNull();
  });

  test('any text is a length or none, at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const ms = readDuration(text);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
    );
    const started = performance.now();
    expect(readDuration(`${'1s'.repeat(50_000)}!`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('an end', () => {
  test.each([
    ['2h', NOW + 2 * HOUR],
    ['18:00', Date.UTC(2026, 2, 12, 18)],
    ['9:05', Date.UTC(2026, 2, 13, 9, 5)],
    ['14:30', Date.UTC(2026, 2, 13, 14, 30)],
    ['2026-12-01', Date.UTC(2026, 11, 1)],
    ['2026-12-01T18:30', Date.UTC(2026, 11, 1, 18, 30)],
    ['2026-12-01 18:30', Date.UTC(2026, 11, 1, 18, 30)],
    ['2026-12-01T18:30Z', Date.UTC(2026, 11, 1, 18, 30)],
  ])('%s', (text, at) => {
    const until = readUntil(text);
    expect(until !== null && until.type !== 'back' && momentOf(until, NOW)).toBe(at);
  });

  test('back is its own end', () => {
    expect(readUntil('Back')).toEqual({ type: 'back' });
  });

  test.each(['', 'someday', '24:00', '18:60', '2026-13-01', '2026-02-30', '18', '2026-12-01T25:00'])(
    '"%s" is none',
    (text) => {
      expect(readUntil(text)).toBeNull();
    },
  );
});
