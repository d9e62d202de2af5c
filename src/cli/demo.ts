/** `risbot demo`: a simulated cluster, and the terminal chat in front of it, over real HTTPS. */
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { EVENT_HELP } from '../../simulator/cucm/events/parse-event.ts';
import { createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { createSecret } from '../config/secret.ts';
import { createLogger } from '../log.ts';
import type { View } from '../view/view.ts';
import { converse } from './chat.ts';

export interface DemoOptions {
  readonly phones: number;
  readonly seed: string;
  readonly nodes: number;
  readonly pace: number;
}

/** Lives until the person leaves; the log is silent, the cluster is gone afterwards. */
export async function demo(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const { phones: devices, seed, nodes, pace } = options;
  const cucm = await startCucm({ devices, seed, nodes, pace });
  const app = createApp(demoConfig(cucm), { clock: systemClock, log: createLogger({ level: 'silent' }) });
  const local = (line: string) => {
    if (!line.startsWith('!')) return null;
    return /^!\s*help$/i.test(line) ? eventHelp() : cucm.play(line.slice(1));
  };
  try {
    return await converse(app, signal, { local, welcome: welcome(cucm, pace) });
  } finally {
    await app.stop();
    await cucm.stop();
  }
}

/** What can be played, as a card like any other. */
function eventHelp(): View {
  const facts = EVENT_HELP.map(({ usage, does }) => ({ label: `!${usage}`, value: does }));
  const title = 'What can happen to the simulated cluster';
  return { outcome: 'answered', title, blocks: [{ type: 'facts', facts }], actions: [], data: {} };
}

function demoConfig(cucm: Cucm): Config {
  return {
    source: 'demo',
    log: { level: 'silent' },
    clusters: [
      {
        name: 'demo',
        url: cucm.url,
        username: cucm.username,
        password: createSecret(cucm.password),
        requestsPerMinute: 15,
        maxDevices: 1000,
        tls: { ca: cucm.ca },
        limits: { connectMs: 10_000, headersMs: 60_000, totalMs: 120_000, maxBytes: 67_108_864 },
        axl: { version: '14.0' },
      },
    ],
  };
}

function welcome({ cluster }: Cucm, pace: number): string {
  const nodes = cluster.nodes.map((node) => node.name).join(', ');
  const faster = pace === 1 ? '' : ` Its time runs ${pace} times faster.`;
  return [
    `A simulated cluster: ${cluster.devices.length} devices on ${nodes}.${faster} Try:`,
    '',
    '  SEPE8B7480316D6      a phone by its name, MAC, number or address',
    '  down                 what is not registered, and why',
    '  summary              counts by class, status and node',
    '  cti                  who controls what',
    '  !unplug SEPE8B7480316D6, then why SEPE8B7480316D6; !help lists what else can happen',
    '',
    'help lists the verbs, Tab completes, Ctrl-C cancels, quit leaves.',
  ].join('\n');
}
