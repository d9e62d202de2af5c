import { describe, expect, test } from 'vitest';
import { createSteadyTime, createWallAhead } from '../../src/watch/steady.ts';

const START = 1_000_000;

function hands() {
  const at = { wall: START, monotonic: 50 };
  return {
    at,
    clock: { now: () => at.wall, monotonic: () => at.monotonic },
    pass(ms: number) {
      at.wall += ms;
      at.monotonic += ms;
    },
  };
}

describe('a time that never goes back', () => {
  test('goes as the clock goes', () => {
    const { clock, pass } = hands();
    const now = createSteadyTime(clock, 0);
    pass(5_000);
    expect(now()).toBe(START + 5_000);
  });

  test('goes on when the clock is set back by an hour', () => {
    const { clock, pass, at } = hands();
    const now = createSteadyTime(clock, 0);
    pass(1_000);
    at.wall -= 3_600_000;
    pass(2_000);
    expect(now()).toBe(START + 3_000);
  });

  test.each([
    ['forward by ten minutes', 600_000],
    ['forward by an hour', 3_600_000],
    ['back by ten minutes', -600_000],
    ['back by a day', -86_400_000],
    ['forward by a second', 1_000],
  ])(
    'is as before when the clock is set %s, and whoever asks by the wall is told by how much',
    (_claim, step) => {
      const { clock, pass, at } = hands();
      const now = createSteadyTime(clock, 0);
      const ahead = createWallAhead(clock, now);
      expect(ahead()).toBe(0);
      at.wall += step;
      pass(1_000);
      expect(now()).toBe(START + 1_000);
      expect(ahead()).toBe(Math.abs(step) > 1_000 ? step : 0);
      pass(1_000);
      expect(now()).toBe(START + 2_000);
      expect(ahead()).toBe(Math.abs(step) > 1_000 ? step : 0);
    },
  );

  test('is as before when the clock is set by a little again and again', () => {
    const { clock, pass, at } = hands();
    const now = createSteadyTime(clock, 0);
    const ahead = createWallAhead(clock, now);
    for (let step = 0; step < 10_000; step += 1) {
      at.wall += 200;
      pass(1_000);
      expect(Math.abs(clock.now() - now() - ahead())).toBeLessThanOrEqual(1_000);
    }
    expect(now()).toBe(START + 10_000_000);
  });

  test('goes on from what is remembered though the clock is behind it, and says how far', () => {
    const { clock, pass } = hands();
    const now = createSteadyTime(clock, START + 3_600_000);
    pass(5_000);
    expect(createWallAhead(clock, now)()).toBe(-3_600_000);
  });

  test('begins where the one before a restart has ended, though the clock was set back', () => {
    const { clock, pass } = hands();
    const now = createSteadyTime(clock, START + 60_000);
    pass(1_000);
    expect(now()).toBe(START + 61_000);
  });
});
