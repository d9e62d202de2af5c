import { expect, test } from 'vitest';
import { createMetrics } from '../../src/operations/metrics.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import type { Delta } from '../../src/watch/ports.ts';

const OPENED = 5_000;
const card = (at: number) => {
  const incident = { cluster: 'prod', kind: 'loss', openedAt: OPENED, why: { reason: 'grace-passed' } };
  const announcement = { type: 'card', card: { incident, at } } as unknown as Announcement;
  return { announcement, at };
};
const delta = (parts: object) => parts as Delta;

async function lines(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  return (await metrics.text())
    .split('\n')
    .filter((line) => /^risbot_(?:watch|watches|incidents)/.test(line));
}

test('what changed, what was told and why is counted once', async () => {
  const metrics = createMetrics();
  metrics.committed(
    delta({
      transitions: [
        { cluster: 'prod', kind: 'lost' },
        { cluster: 'prod', kind: 'lost' },
        { cluster: 'prod', kind: 'back' },
      ],
    }),
  );
  metrics.committed(delta({ outgoing: [card(OPENED)] }));
  metrics.committed(delta({ outgoing: [card(OPENED + 45_000)] }));
  const counted = await lines(metrics);
  expect(counted).toContain('risbot_watch_transitions_total{cluster="prod",kind="lost"} 2');
  expect(counted).toContain('risbot_watch_transitions_total{cluster="prod",kind="back"} 1');
  expect(counted).toContain(
    'risbot_watch_incidents_total{cluster="prod",kind="loss",reason="grace-passed"} 1',
  );
  expect(counted).toContain('risbot_watch_announcements_total{type="card"} 2');
});

test('what stands open is read when somebody looks', async () => {
  const metrics = createMetrics();
  const troubles: { cluster: string }[] = [];
  metrics.watching({
    clusters: ['prod', 'lab'],
    desk: { plan: (cluster) => ({ watches: cluster === 'prod' ? 3 : 0, devices: 240 }) as never },
    troubles: () => troubles,
    lostRooms: () => 1,
  });
  expect(await lines(metrics)).toContain('risbot_watch_blind{cluster="lab"} 0');
  troubles.push({ cluster: 'lab' });
  const read = await lines(metrics);
  for (const line of [
    'risbot_watches{cluster="prod"} 3',
    'risbot_watch_devices{cluster="lab"} 240',
    'risbot_watch_blind{cluster="lab"} 1',
    'risbot_watch_rooms_lost 1',
  ]) {
    expect(read).toContain(line);
  }
});
