/** What is remembered, for how long, and how much. */
import { expect, test } from 'vitest';
import { createMemory } from '../../src/chat/memory.ts';
import { createSeen } from '../../src/chat/seen.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

function fakeClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  return {
    ...systemClock,
    now: () => now,
    monotonic: () => now,
    pass(ms) {
      now += ms;
    },
  };
}

test('a key is new once', () => {
  const seen = createSeen({ clock: fakeClock(), keepMs: 1000, most: 10 });
  expect([seen.first('a'), seen.first('a'), seen.first('b')]).toEqual([true, false, true]);
});

test('a key is new again after its time', () => {
  const clock = fakeClock();
  const seen = createSeen({ clock, keepMs: 1000, most: 10 });
  seen.first('a');
  clock.pass(999);
  expect(seen.first('a')).toBe(false);
  clock.pass(1);
  expect(seen.first('a')).toBe(true);
});

test('beyond its bound the oldest keys go first', () => {
  const seen = createSeen({ clock: fakeClock(), keepMs: 1000, most: 3 });
  for (const key of ['a', 'b', 'c', 'd']) seen.first(key);
  expect(seen.first('d')).toBe(false);
  expect(seen.first('c')).toBe(false);
  expect(seen.first('a')).toBe(true);
});

test('what is kept comes back by its key, and by no other', () => {
  const memory = createMemory<string>({ clock: fakeClock(), keepMs: 1000, capacity: 10 });
  const key = memory.keep('down');
  expect(memory.get(key)).toBe('down');
  expect(memory.get(`${key}x`)).toBeNull();
  expect(key).toMatch(/^[\w-]{16}$/);
  expect(memory.keep('down')).not.toBe(key);
});

test('what is too old is gone', () => {
  const clock = fakeClock();
  const memory = createMemory<string>({ clock, keepMs: 1000, capacity: 10 });
  const key = memory.keep('down');
  clock.pass(1000);
  expect(memory.get(key)).toBeNull();
});

test('by weight the oldest go, and what outweighs everything is not kept', () => {
  const memory = createMemory<string>({
    clock: fakeClock(),
    keepMs: 1000,
    capacity: 10,
    weigh: (s) => s.length,
  });
  const [four, five, three] = ['1234', '12345', '123'].map((one) => memory.keep(one));
  expect([four, five, three].map((key) => memory.get(key ?? ''))).toEqual([null, '12345', '123']);
  expect(memory.get(memory.keep('12345678901'))).toBeNull();
  expect(memory.get(five ?? '')).toBe('12345');
});
