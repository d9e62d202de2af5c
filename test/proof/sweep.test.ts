/** A whole cluster, ten times the cap, at the pace that CUCM allows, while people go on asking. */
import { expect, test } from 'vitest';
import { startCucm } from '../../simulator/cucm/cucm.ts';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { createSecret } from '../../src/config/secret.ts';
import { createLogger } from '../../src/log.ts';

test('a sweep of 20 000 devices keeps the allowance, and people are answered within seconds meanwhile', async () => {
  const cucm = await startCucm({ devices: 20_000 });
  const cluster: ClusterConfig = {
    name: 'large',
    url: cucm.url,
    username: cucm.username,
    password: createSecret(cucm.password),
    requestsPerMinute: 15,
    maxDevices: 2_000,
    tls: { ca: cucm.ca },
    limits: { connectMs: 10_000, headersMs: 60_000, totalMs: 120_000, maxBytes: 64 * 1024 * 1024 },
    axl: null,
  };
  const log = createLogger({ level: 'error' });
  const app = createApp(
    { clusters: [cluster], log: { level: 'error' }, source: 'proof' },
    { clock: systemClock, log },
  );
  try {
    let swept = false;
    const sweeping = app.ask('summary').finally(() => {
      swept = true;
    });
    const waits: number[] = [];
    for (const { name } of cucm.cluster.devices) {
      if (swept) break;
      const asked = systemClock.monotonic();
      const view = await app.ask(name);
      waits.push(systemClock.monotonic() - asked);
      expect(view.title).toContain(name);
      await systemClock.sleep(9_000);
    }
    const { data } = await sweeping;
    expect(data).toMatchObject({ total: 20_000, complete: true });
    expect(waits.length).toBeGreaterThan(4);
    expect(Math.max(...waits)).toBeLessThan(15_000);
    expect(cucm.requests().map((request) => request.status)).toEqual(cucm.requests().map(() => 200));
  } finally {
    await app.stop();
    await cucm.stop();
  }
});
