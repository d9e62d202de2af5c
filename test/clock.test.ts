import { describe, expect, test } from 'vitest';
import { createMonotonic, systemClock } from '../src/clock.ts';

function machine() {
  const at = { awake: 100, up: 5_000_000 };
  return {
    monotonic: createMonotonic(
      () => at.awake,
      () => at.up,
    ),
    work(ms: number) {
      at.awake += ms;
      // As the kernel says it: in hundredths of a second.
      at.up = Math.round((at.up + ms) / 10) * 10;
    },
    sleep(ms: number) {
      at.up += ms;
    },
  };
}

describe('durations', () => {
  test('go as the monotonic clock goes', () => {
    const { monotonic, work } = machine();
    const begun = monotonic();
    for (let n = 0; n < 5_000; n += 1) {
      work(777);
      expect(monotonic() - begun).toBe(777 * (n + 1));
    }
  });

  test('count a night that the machine slept through, a second after it is awake', () => {
    const { monotonic, work, sleep } = machine();
    const begun = monotonic();
    work(10_000);
    monotonic();
    sleep(8 * 3_600_000);
    work(1_000);
    expect(monotonic() - begun).toBe(8 * 3_600_000 + 11_000);
    work(5_000);
    expect(monotonic() - begun).toBe(8 * 3_600_000 + 16_000);
  });

  test('never go back, whatever the uptime says', () => {
    const { monotonic, work, sleep } = machine();
    work(5_000);
    const before = monotonic();
    sleep(-4_000_000);
    work(5_000);
    expect(monotonic()).toBe(before + 5_000);
  });

  test('of this machine go as fast as its time does', async () => {
    const begun = { of: systemClock.monotonic(), by: performance.now() };
    await systemClock.sleep(20);
    const passed = systemClock.monotonic() - begun.of;
    expect(Math.abs(passed - (performance.now() - begun.by))).toBeLessThan(50);
  });
});
