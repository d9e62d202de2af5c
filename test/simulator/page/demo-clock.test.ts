/** The demo's time: as fast as it is told to go, for whoever waits already, too. */
import { expect, test } from 'vitest';
import { createClockPane } from '../../../simulator/page/clock-pane.ts';
import { createDemoClock } from '../../../src/cli/demo-clock.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';

const START = Date.UTC(2026, 2, 2, 8);

/** The machine's time, which passes when a test says so. */
function createMachine() {
  let passed = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => START + passed,
    monotonic: () => passed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        sleepers.push({ at: passed + ms, wake: resolve });
      }),
    breathe: systemClock.breathe,
    timeout: systemClock.timeout,
  };
  return {
    clock,
    async pass(ms: number) {
      passed += ms;
      const due = sleepers.filter(({ at }) => at <= passed);
      sleepers = sleepers.filter(({ at }) => at > passed);
      for (const { wake } of due) wake();
      await systemClock.breathe();
    },
  };
}

function open(rate: number) {
  const machine = createMachine();
  const clock = createDemoClock(rate, machine.clock);
  let isAwake = false;
  const sleeping = (ms: number, signal?: AbortSignal) =>
    clock.sleep(ms, signal).then(() => {
      isAwake = true;
    });
  return { ...machine, machine: machine.clock, clock, sleeping, isAwake: () => isAwake };
}

test('it begins with the machine’s, and a change of the rate counts from then on', async () => {
  const { clock, pass } = open(10);
  expect(clock.now()).toBe(START);
  await pass(1000);
  expect([clock.now() - START, clock.monotonic()]).toEqual([10_000, 10_000]);
  clock.setRate(60);
  expect(clock.now() - START).toBe(10_000);
  await pass(1000);
  expect([clock.now() - START, clock.rate()]).toEqual([70_000, 60]);
});

test.each([
  ['sooner when it goes faster', 60, 1500],
  ['later when it goes slower', 1, 90_000],
])('who sleeps already wakes %s', async (_claim, rate, restMs) => {
  const { clock, pass, sleeping, isAwake } = open(10);
  void sleeping(100_000);
  await pass(1000);
  clock.setRate(rate);
  await systemClock.breathe();
  await pass(restMs - 10);
  expect(isAwake()).toBe(false);
  await pass(10);
  expect(isAwake()).toBe(true);
});

test('a sleep ends with its signal, before and after a change of the rate', async () => {
  const { clock } = open(1);
  const ended = new AbortController();
  const sleep = clock.sleep(60_000, ended.signal);
  clock.setRate(60);
  ended.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(1, ended.signal)).rejects.toThrow('enough');
});

test('what waits for the network waits by the machine’s time', () => {
  const { clock, machine } = open(60);
  expect([clock.timeout, clock.breathe]).toEqual([machine.timeout, machine.breathe]);
});

test('the page sets the rate to one of those it offers, and every page is told once', async () => {
  const { clock } = open(10);
  const pane = createClockPane(clock, [1, 10, 60]);
  expect(pane.state()).toEqual({ now: START, rate: 10, rates: [1, 10, 60] });
  expect(await pane.act({ rate: 60 })).toMatchObject({ rate: 60 });
  expect(pane.changes()).toMatchObject([{ rate: 60 }]);
  expect(pane.changes()).toEqual([]);
  for (const rate of [7, '10', undefined]) {
    await expect(pane.act({ rate })).rejects.toMatchObject({ name: 'OrderError' });
  }
  expect(clock.rate()).toBe(60);
});
