/** A response_url is good for five uses and half an hour: what is left of one, and when it is over. */
import { expect, test } from 'vitest';
import { createResponder, type Response as Said } from '../../../adapters/slack/respond.ts';
import { systemClock } from '../../../src/clock.ts';

const ANSWER: Said = { message: { text: 'answer', blocks: [] }, to: 'asker' };
const MINUTE = 60_000;

/** A responder at a time that the test sets, and what it sent. */
function responder() {
  const sent: unknown[] = [];
  let now = 0;
  const fetch = async (_url: unknown, init?: { readonly body?: unknown }) => {
    sent.push(JSON.parse(String(init?.body)));
    return new Response(JSON.stringify({ ok: true }));
  };
  const clock = { ...systemClock, monotonic: () => now };
  const made = createResponder(fetch, (_method, send) => send(), clock);
  const at = (ms: number) => {
    now = ms;
  };
  return { ...made, sent, at };
}

test('the sixth use is not tried', async () => {
  const { ticket, send, isGood, sent } = responder();
  const mine = ticket('https://hooks.example/1');
  const uses: boolean[] = [];
  for (let use = 0; use < 6; use += 1) {
    uses.push(isGood(mine));
    if (isGood(mine)) await send(mine, ANSWER);
  }
  expect(uses).toEqual([true, true, true, true, true, false]);
  expect(sent.length).toBe(5);
});

test('uses can be left for later', async () => {
  const { ticket, send, isGood } = responder();
  const mine = ticket('https://hooks.example/1');
  for (let use = 0; use < 3 && isGood(mine); use += 1) await send(mine, ANSWER);
  expect([isGood(mine, 1), isGood(mine, 2)]).toEqual([true, false]);
});

test('it is over before Slack says so, whatever is left of it', () => {
  const { ticket, isGood, at } = responder();
  const mine = ticket('https://hooks.example/1');
  at(28 * MINUTE);
  expect(isGood(mine)).toBe(true);
  at(29 * MINUTE);
  expect(isGood(mine)).toBe(false);
});

test('no address is no ticket', () => {
  const { ticket, isGood } = responder();
  expect([ticket(undefined), ticket(''), isGood(null)]).toEqual([null, null, false]);
});
