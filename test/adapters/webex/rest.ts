/** The adapter's own calls against a stand-in, for tests of what is below the adapter. */
import { createCalls } from '../../../adapters/webex/calls.ts';
import { createHealth } from '../../../adapters/webex/health.ts';
import { createPace } from '../../../adapters/webex/pace.ts';
import { createRest, type Rest } from '../../../adapters/webex/rest.ts';
import type { Webex } from '../../../simulator/webex/webex.ts';
import { SILENT_METRICS } from '../../../src/chat/report.ts';
import { systemClock } from '../../../src/clock.ts';
import { closeAfter, listeningLog } from '../core.ts';

export function callsTo(webex: Pick<Webex, 'token' | 'url'>) {
  const { log } = listeningLog();
  const { signal } = new AbortController();
  const rest: Rest = createRest({ token: webex.token, apiUrl: webex.url, clock: systemClock, signal });
  const pace = createPace();
  closeAfter(() => rest.close());
  closeAfter(() => pace.stop());
  const health = createHealth(log);
  const call = createCalls({ rest, pace, clock: systemClock, log, metrics: SILENT_METRICS, health, signal });
  return { call, rest, log };
}
