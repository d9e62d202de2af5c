import { describe, expect, test } from 'vitest';
import { createWaiter } from '../../src/watch/waiter.ts';
import { createTurnedClock } from './turned-clock.ts';

function wait(ms: number) {
  const turned = createTurnedClock();
  const ending = new AbortController();
  const waiter = createWaiter(turned.clock, ending.signal);
  const state = { over: false, error: null as unknown };
  const done = waiter.wait(ms).then(
    () => {
      state.over = true;
    },
    (error: unknown) => {
      state.error = error;
    },
  );
  return { turned, ending, waiter, state, done };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('waiting', () => {
  test('ends with its time, and not before', async () => {
    const { turned, state, done } = wait(5_000);
    turned.turn(4_999);
    await soon();
    expect(state.over).toBe(false);
    turned.turn(1);
    await done;
    expect(state.over).toBe(true);
  });

  test('ends when called', async () => {
    const { waiter, state, done } = wait(Number.MAX_SAFE_INTEGER);
    waiter.call();
    await done;
    expect(state.over).toBe(true);
  });

  test('a call between two waits ends the second at once', async () => {
    const { waiter, done, turned } = wait(1_000);
    turned.turn(1_000);
    await done;
    waiter.call();
    await waiter.wait(Number.MAX_SAFE_INTEGER);
  });

  test('rejects when all is over', async () => {
    const { ending, state, done } = wait(5_000);
    ending.abort(new Error('stopped'));
    await done;
    expect(state.error).toEqual(new Error('stopped'));
  });
});
