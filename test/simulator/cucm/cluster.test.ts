import { describe, expect, test } from 'vitest';
import { advance, createCluster } from '../../../simulator/cucm/cluster.ts';
import { applyEvent } from '../../../simulator/cucm/events/apply-event.ts';
import { parseEvent } from '../../../simulator/cucm/events/parse-event.ts';
import type { Cluster } from '../../../simulator/cucm/model.ts';
import { selectDevices } from '../../../simulator/cucm/select-devices.ts';
import { deviceQuery } from '../../../src/device/query.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const whole = (cluster: Cluster) =>
  selectDevices(cluster, deviceQuery())
    .flatMap(({ rows }) => rows.map((row) => row.xml()))
    .join('\n');

function play(cluster: Cluster, text: string, now: number): void {
  const parsed = parseEvent(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  applyEvent(cluster, parsed.event, now);
}

describe('the same for the same seed', () => {
  test('a cluster, to the byte', () => {
    expect(whole(createCluster({ now: NOW, seed: 'a' }))).toBe(whole(createCluster({ now: NOW, seed: 'a' })));
    expect(whole(createCluster({ now: NOW, seed: 'a' }))).not.toBe(
      whole(createCluster({ now: NOW, seed: 'b' })),
    );
    expect(whole(createCluster({ now: NOW, seed: 1 }))).toBe(whole(createCluster({ now: NOW, seed: '1' })));
  });

  test('and its future, however often it is looked at', () => {
    const [often, once] = [createCluster({ now: NOW }), createCluster({ now: NOW })];
    for (const cluster of [often, once]) {
      play(cluster, 'wan cut LON', NOW);
      play(cluster, 'node down cucm2', NOW);
      play(cluster, 'flap PAR', NOW);
    }
    for (let step = 1; step <= 300; step += 1) advance(often, NOW + step * 1000);
    advance(once, NOW + 300_000);
    expect(whole(often)).toBe(whole(once));
  });
});

test.each([1, 3, 30, 240, 2000])(
  '%i devices are that many, with names, numbers and addresses of their own',
  (count) => {
    const { devices } = createCluster({ devices: count, now: NOW });
    const known = devices.filter((device) => device.rows.some((row) => row !== undefined));
    expect(known).toHaveLength(count);
    expect(new Set(devices.map(({ name }) => name.toLowerCase())).size).toBe(devices.length);
    const numbers = devices.flatMap((device) => device.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
  },
);

test('50 000 devices are made in seconds', () => {
  const started = performance.now();
  expect(createCluster({ devices: 50_000, nodes: 9, now: NOW }).devices.length).toBeGreaterThan(50_000);
  // A second where nothing else runs; minutes if each device looked at all others.
  expect(performance.now() - started).toBeLessThan(20_000);
});

test.each([{ devices: 0 }, { devices: 50_001 }, { devices: 1.5 }, { nodes: 0 }, { nodes: 10 }, { pace: 0 }])(
  '%o is refused',
  (options) => {
    expect(() => createCluster({ ...options, now: NOW })).toThrow(RangeError);
  },
);

test('a quiet cluster has nothing planned: it changes only when told', () => {
  expect(createCluster({ now: NOW }).schedule.size()).toBe(0);
});

test('a default cluster has every class and every state', () => {
  const { devices } = createCluster({ now: NOW });
  const classes = new Set(devices.map((device) => device.kind.deviceClass));
  expect([...classes].toSorted()).toEqual([
    'Cti',
    'Gateway',
    'H323',
    'HuntList',
    'MediaResources',
    'Phone',
    'SIPTrunk',
    'VoiceMail',
  ]);
  const states = new Set(devices.flatMap(({ rows }) => rows.map((row) => row?.status)));
  for (const state of ['Registered', 'UnRegistered', 'Rejected', 'PartiallyRegistered', 'Unknown'] as const) {
    expect(states).toContain(state);
  }
});

test('one node is a cluster too', () => {
  const cluster = createCluster({ nodes: 1, now: NOW });
  play(cluster, 'node down cucm1', NOW);
  advance(cluster, NOW + 600_000);
  expect(cluster.devices.some((device) => device.rows[0]?.status === 'Registered')).toBe(false);
});
