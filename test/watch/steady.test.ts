import { describe, expect, test } from 'vitest';
import { createSteadyTime } from '../../src/watch/steady.ts';

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

  test('follows the clock when that is set forward, or the machine has slept', () => {
    const { clock, pass, at } = hands();
    const now = createSteadyTime(clock, 0);
    at.wall += 3_600_000;
    pass(1_000);
    expect(now()).toBe(START + 3_601_000);
    pass(1_000);
    expect(now()).toBe(START + 3_602_000);
  });

  test('begins where the one before a restart has ended, though the clock was set back', () => {
    const { clock, pass } = hands();
    const now = createSteadyTime(clock, START + 60_000);
    pass(1_000);
    expect(now()).toBe(START + 61_000);
  });
});
