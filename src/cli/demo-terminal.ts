/** `risbot demo --terminal`: a simulated cluster, and the terminal chat in front of it, over real HTTPS. */
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { EVENT_HELP } from '../../simulator/cucm/events/parse-event.ts';
import { openApp } from '../app.ts';
import type { Chat } from '../chat.ts';
import { systemClock } from '../clock.ts';
import { createLogger } from '../log.ts';
import { openStore } from '../store/open.ts';
import { counted, joined } from '../view/text.ts';
import type { View } from '../view/view.ts';
import { converse } from './chat.ts';
import type { DemoOptions } from './demo.ts';
import { demoConfig, MEMORY } from './demo-config.ts';

/** Lives until the person leaves; the log is silent, the cluster is gone afterwards. */
export async function demoInTerminal(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const { phones: devices, seed, nodes, pace } = options;
  const cucm = await startCucm({ devices, seed, nodes, pace });
  const rooms: Chat[] = [];
  const log = createLogger({ level: 'silent' });
  const store = await openStore({ url: MEMORY, clock: systemClock });
  const config = demoConfig(cucm);
  const app = await openApp(config, { clock: systemClock, log, store, platforms: () => rooms });
  const local = (line: string) => {
    if (!line.startsWith('!')) return null;
    return /^!\s*(?:help|\?)?$/i.test(line) ? eventHelp() : played(cucm, line.slice(1), pace);
  };
  try {
    const onRoom = (room: Chat) => rooms.push(room);
    return await converse(app, signal, { local, welcome: welcome(cucm, pace), onRoom });
  } finally {
    await app.stop();
    await store.close();
    await cucm.stop();
  }
}

/** What playing an event did. The simulator speaks of its own time and of its own `help`. */
function played(cucm: Cucm, words: string, pace: number): string {
  const said = cucm.play(words).replace(/\bhelp shows the words$/, '!help lists them');
  return pace !== 1 && /\d s\b/.test(said) ? `${said} (here ${pace} times sooner)` : said;
}

/** What can be played, as a card like any other. */
function eventHelp(): View {
  const facts = EVENT_HELP.map(({ usage, does }) => ({ label: `!${usage}`, value: does }));
  const title = 'What can happen to the simulated cluster';
  return { outcome: 'answered', title, blocks: [{ type: 'facts', facts }], actions: [], data: {} };
}

function welcome({ cluster }: Cucm, pace: number): View {
  const nodes = cluster.nodes.map((node) => node.name);
  const faster = pace === 1 ? '' : ` Its time runs ${pace} times faster than ours.`;
  return {
    outcome: 'answered',
    title: `A simulated cluster: ${counted(cluster.devices.length, 'device')} set up on ${joined(nodes)}`,
    blocks: [
      { type: 'text', text: `All of it is made up, and gone when you leave.${faster} Try:` },
      {
        type: 'facts',
        facts: [
          ['1002', 'a phone, by extension, MAC address, IP address, name or description'],
          ['down', 'what is not registered, and why'],
          ['summary', 'counts by class, state and node'],
          ['cti', 'which applications control which phones'],
          ['help', 'what else you can ask'],
          ['watch 1002 grace:10s', 'hear of it when that phone is lost; then !unplug 1002 and wait a little'],
          ['!node down cucm2', 'an event: a node fails. Then ask down again; !help lists all events'],
        ].map(([label = '', value = '']) => ({ label, value })),
      },
      { type: 'text', text: 'Tab completes, Ctrl-C cancels, quit leaves.' },
    ],
    actions: [],
    data: {},
  };
}
