/** What the page shows of the cluster. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { createClusterPane } from '../../../simulator/page/cluster-pane.ts';
import type { ClusterChange, ClusterState } from '../../../simulator/page/wire.ts';
import { DEVICE_STATES } from '../../../simulator/page/wire.ts';

const PHONE = 'SEP001122334455';
let now = Date.UTC(2026, 2, 2, 8);
const clock = { now: () => now, sleep: async () => {} };
let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ clock, http: true });
});
afterAll(() => cucm.stop());

function open(asked: Parameters<typeof createClusterPane>[0]['asked'] = () => []) {
  const pane = createClusterPane({ cucm, now: () => now, allowance: 15, asked });
  const state = pane.state() as ClusterState;
  const index = state.devices.names.indexOf(PHONE);
  pane.changes();
  const became = () => {
    const pairs = (pane.changes() as ClusterChange[]).flatMap((one) =>
      one.type === 'standings' ? one.pairs : [],
    );
    const place = pairs.findIndex((one, at) => at % 2 === 0 && one === index);
    return place < 0 ? null : DEVICE_STATES[Math.floor((pairs[place + 1] ?? 0) / 10)];
  };
  return { pane, state, became };
}

test('a cable that is pulled shows at once, what CUCM makes of it when it notices', async () => {
  const { pane, became } = open();
  await pane.act({ words: `unplug ${PHONE}` });
  expect(became()).toBe('unheard');
  now += 95_000;
  expect(became()).toBe('unregistered');
  await pane.act({ words: `plug ${PHONE}` });
  now += 45_000;
  expect(became()).toBe('registered');
  expect(pane.changes()).toEqual([]);
});

test('phones of a node that stops are down, then on another one', async () => {
  const { pane, became } = open();
  expect(await pane.act({ words: 'node down cucm1' })).toMatchObject({
    said: expect.stringContaining('stopped'),
  });
  expect(became()).toBe('unregistered');
  now += 65_000;
  expect(became()).toBe('elsewhere');
  await pane.act({ words: 'node up cucm1' });
  now += 125_000;
  expect(became()).toBe('registered');
});

test('a request belongs to whoever had one under way; others have theirs, too', async () => {
  const at = now;
  cucm.cluster.service.counted.push(at, at + 5);
  now += 10;
  const { state } = open(() => [{ from: at - 2, to: at + 3, by: 'watches' }]);
  expect(state.meter).toEqual({
    allowance: 15,
    requests: [
      { at, by: 'watches' },
      { at: at + 5, by: 'others' },
    ],
  });
  now += 61_000;
  expect(open().state.meter.requests).toEqual([]);
});

test.each([[{}], [{ words: 7 }], [{ words: 'x'.repeat(5000) }]])(
  'an order without words is refused: %#',
  async (order) => {
    await expect(open().pane.act(order)).rejects.toMatchObject({ name: 'OrderError' });
  },
);
