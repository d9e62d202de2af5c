/** Spaces with a bot in them, for tests: the stand-in for Webex, the adapter, and a core that answers as told. */
import { createServer } from 'node:net';
import type { WebexOptions } from '../../../adapters/webex/options.ts';
import { createWebex } from '../../../adapters/webex/webex.ts';
import { type WebexOptions as StandInOptions, startWebex } from '../../../simulator/webex/webex.ts';
import type { Core } from '../../../src/chat.ts';
import { systemClock } from '../../../src/clock.ts';
import { closeAfter, listeningCore, listeningLog } from '../core.ts';

export type Transport = 'websocket' | 'webhooks';

export const SECRET = 'of the webhooks alone';

export interface SetUp {
  /** Default `webhooks`: they are open at once. */
  readonly transport?: Transport;
  readonly standIn?: StandInOptions;
  readonly options?: Partial<WebexOptions>;
  readonly core?: Partial<Core>;
  /** False leaves it to the test. */
  readonly start?: boolean;
}

/** Starts both, and stops them after the test. */
export async function openSpaces(setUp: SetUp = {}) {
  const { transport = 'webhooks', options = {} } = setUp;
  const webex = await startWebex(setUp.standIn);
  closeAfter(() => webex.stop());
  const { log, lines } = listeningLog();
  const { core, ...heard } = listeningCore(setUp.core);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/webex/events`;
  const chat = createWebex({
    token: webex.token,
    apiUrl: webex.url,
    discoveryUrl: `${webex.origin}/u2c/api/v1`,
    ...(transport === 'webhooks' && { webhooks: { url, secret: SECRET, port } }),
    clock: systemClock,
    log,
    ...options,
  });
  closeAfter(() => chat.stop());
  const start = () => chat.start(core);
  if (setUp.start !== false) await start();
  return { webex, chat, url, start, ...heard, log: lines };
}

/** A port that nobody listens at now: the address of webhooks has to be known before they are registered. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
