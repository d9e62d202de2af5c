/** How risbot is configured for the demo: one simulated cluster, and a memory that is gone with it. */
import type { Cucm } from '../../simulator/cucm/cucm.ts';
import type { Config } from '../config/config.ts';
import { createSecret } from '../config/secret.ts';

/** What the demo remembers is gone with it. */
export const MEMORY = 'sqlite::memory:';

/** CUCM's default; the simulated one keeps to it, too. */
export const ALLOWANCE = 15;

export function demoConfig(cucm: Cucm): Config {
  return {
    source: 'demo',
    log: { level: 'silent' },
    access: null,
    audit: null,
    operations: null,
    slack: null,
    webex: null,
    proxy: null,
    database: { url: createSecret(MEMORY) },
    watch: { quietHours: [], historyDays: 90 },
    clusters: [
      {
        name: 'demo',
        url: cucm.url,
        username: cucm.username,
        password: createSecret(cucm.password),
        requestsPerMinute: ALLOWANCE,
        maxDevices: 1000,
        tls: { ca: cucm.ca },
        limits: { connectMs: 10_000, headersMs: 60_000, totalMs: 120_000, maxBytes: 67_108_864 },
        axl: { version: '14.0' },
      },
    ],
  };
}
