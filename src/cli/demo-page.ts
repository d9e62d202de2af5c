/** `risbot demo`: stand-ins of CUCM and the chat platforms, the real risbot between them, and one page to see it all. */
import { createSlack } from '../../adapters/slack/slack.ts';
import { createWebex } from '../../adapters/webex/webex.ts';
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { type Bundle, NotInstalled } from '../../simulator/page/bundle.ts';
import { createClockPane } from '../../simulator/page/clock-pane.ts';
import { createClusterPane } from '../../simulator/page/cluster-pane.ts';
import { type Page, startPage } from '../../simulator/page/page.ts';
import { createSlackPane } from '../../simulator/page/slack-pane.ts';
import { createTourPane } from '../../simulator/page/tour-pane.ts';
import { createWebexPane } from '../../simulator/page/webex-pane.ts';
import type { StageSeen, WatchSeen } from '../../simulator/page/wire.ts';
import { type Slack, startSlack } from '../../simulator/slack/slack.ts';
import { startWebex, type Webex } from '../../simulator/webex/webex.ts';
import { openApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { createLogger } from '../log.ts';
import { type Supervised, supervise } from '../operations/supervise.ts';
import { openStore } from '../store/open.ts';
import type { Desk } from '../watch/desk.ts';
import type { Room } from '../watch/watch.ts';
import type { DemoOptions } from './demo.ts';
import { type AskedBook, createAskedBook } from './demo-asked.ts';
import { createDemoClock, type DemoClock } from './demo-clock.ts';
import { ALLOWANCE, demoConfig, MEMORY } from './demo-config.ts';
import { EXIT, write } from './process.ts';

/** How many times faster than life it goes: to choose from on the page, beside what it was started with. */
const PACES = [1, 10, 60];

/** Runs until the signal; the log is silent, and everything is gone afterwards. */
export async function demoOnPage(
  options: DemoOptions,
  bundle: Promise<Bundle>,
  signal: AbortSignal,
): Promise<number> {
  const running: (() => Promise<void>)[] = [];
  try {
    const page = await start(options, bundle, running);
    await write(process.stdout, `${welcome(page, options)}\n`);
    await stopped(signal);
    return EXIT.answered;
  } catch (error) {
    const words = problemOf(error);
    if (words === null) throw error;
    await write(process.stderr, `${words}\n`);
    return EXIT.failed;
  } finally {
    for (const stop of running.toReversed()) await stop();
  }
}

/** Puts whatever has to be stopped into `running` as it starts. */
async function start(
  options: DemoOptions,
  bundle: Promise<Bundle>,
  running: (() => Promise<void>)[],
): Promise<Page> {
  const { phones: devices, seed, nodes, pace, port } = options;
  const clock = createDemoClock(pace);
  const cucm = await startCucm({ devices, seed, nodes, clock });
  running.push(() => cucm.stop());
  const [slack, webex] = await Promise.all([startSlack(), startWebex()]);
  running.push(
    () => slack.stop(),
    () => webex.stop(),
  );
  const asked = createAskedBook(clock);
  const desk = await startRisbot({ clock, cucm, slack, webex, asked }, running);
  const paces = [...new Set([...PACES, pace])].sort((a, b) => a - b);
  const panes = [
    createClockPane(clock, paces),
    createSlackPane(slack, clock.now),
    createWebexPane(webex, clock.now),
    createTourPane(() => stageSeen(desk, slack, webex)),
    createClusterPane({ cucm, now: clock.now, allowance: ALLOWANCE, asked: asked.list }),
  ];
  const page = await startPage({ panes, bundle: await bundle, port });
  running.push(() => page.stop());
  return page;
}

interface House {
  readonly clock: DemoClock;
  readonly cucm: Cucm;
  readonly slack: Slack;
  readonly webex: Webex;
  readonly asked: AskedBook;
}

/** risbot as it is in real life, but for the addresses of what it talks to. Webex is connected a moment later. */
async function startRisbot(house: House, running: (() => Promise<void>)[]): Promise<Desk> {
  const { clock, cucm, slack, webex, asked } = house;
  const log = createLogger({ level: 'silent' });
  const platforms: Supervised[] = [];
  const store = await openStore({ url: MEMORY, clock });
  running.push(() => store.close());
  const app = await openApp(demoConfig(cucm), {
    clock,
    log,
    store,
    platforms: () => platforms.flatMap((platform) => platform.chat() ?? []),
    onExchange: asked.onExchange,
  });
  running.push(() => app.stop());
  app.warm();
  const core = asked.watching(app);
  // A chat's limits and pauses are those of a network, and the stand-ins keep the machine's time.
  const common = { clock: systemClock, log };
  const { botToken, appToken, url: apiUrl } = slack;
  const inSlack = supervise(
    'slack',
    () => createSlack({ ...common, botToken, appToken, apiUrl }),
    core,
    common,
  );
  const address = { token: webex.token, apiUrl: webex.url, discoveryUrl: `${webex.origin}/u2c/api/v1` };
  const inWebex = supervise('webex', () => createWebex({ ...common, ...address }), core, common);
  platforms.push(inSlack, inWebex);
  running.push(
    () => inSlack.stop(),
    () => inWebex.stop(),
  );
  await slack.connected();
  return app.watching.desk;
}

/** The grace of a watch that gives none. */
const GRACE_MS = 300_000;

/** The tour plays in the first room of each chat. */
function stageSeen(desk: Desk, slack: Slack, webex: Webex): StageSeen {
  const seen = (room: Room): WatchSeen => {
    const watches = desk.watches.list(room).filter(({ watch }) => watch.text === 'all phones');
    const graces = watches.map(({ watch }) => watch.graceMs ?? GRACE_MS);
    return {
      graceMs: graces.length === 0 ? null : Math.max(...graces),
      isMuted: desk.mutes.list(room).length > 0,
    };
  };
  return {
    slack: seen({ platform: 'slack', room: slack.channel('#voice').id }),
    webex: seen({ platform: 'webex', room: webex.room('Voice').id }),
  };
}

function welcome({ url }: Page, { phones, nodes }: DemoOptions): string {
  return [
    '',
    `  risbot demo: ${phones} devices on ${nodes === 1 ? 'one node' : `${nodes} nodes`}, all made up`,
    '',
    `  ${url}`,
    '',
    process.stdin.isTTY === true
      ? '  Open it in a browser. Ctrl-C ends it; --terminal chats here instead.'
      : '  Open it in a browser. What is piped in here is not read; with --terminal it is.',
    '',
  ].join('\n');
}

/** In plain words, when it is something to be put right; null otherwise. */
function problemOf(error: unknown): string | null {
  if (error instanceof NotInstalled) {
    return `risbot: the page cannot be built: ${error.message}. Install everything with npm ci, or chat here with risbot demo --terminal.`;
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'EADDRINUSE' ? 'risbot: another program has that port; choose another --port.' : null;
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
