/** A workspace with a bot in it, for tests: the stand-in for Slack, the adapter, and a core that answers as told. */
import type { SlackOptions } from '../../../adapters/slack/options.ts';
import { createSlack } from '../../../adapters/slack/slack.ts';
import {
  type Slack as StandIn,
  type SlackOptions as StandInOptions,
  startSlack,
} from '../../../simulator/slack/slack.ts';
import type { Core } from '../../../src/chat.ts';
import { systemClock } from '../../../src/clock.ts';
import { closeAfter, listeningCore, listeningLog } from '../core.ts';

export type Transport = 'socket' | 'http';

/** As in manifest.yml. */
const EVENTS = ['app_home_opened', 'app_mention', 'message.im'] as const;

export interface SetUp {
  readonly transport?: Transport;
  readonly standIn?: StandInOptions;
  readonly options?: Partial<SlackOptions>;
  readonly core?: Partial<Core>;
  /** False leaves it to the test. */
  readonly start?: boolean;
}

/** Starts both, and stops them after the test. */
export async function openWorkspace(setUp: SetUp = {}) {
  const slack = await startSlack({ events: EVENTS, rateLimits: 'off', ...setUp.standIn });
  closeAfter(() => slack.stop());
  const bot = createBot(slack, setUp);
  closeAfter(() => bot.chat.stop());
  if (setUp.start !== false) await bot.start();
  return { slack, ...bot };
}

function createBot(slack: StandIn, { transport = 'socket', options = {}, core: changes = {} }: SetUp) {
  const { log, lines } = listeningLog();
  const { core, ...heard } = listeningCore(changes);
  const tokens =
    transport === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port: 0 };
  const chat = createSlack({
    botToken: slack.botToken,
    ...tokens,
    apiUrl: slack.url,
    // The pace of Slack's is kept where it is what a test is about.
    postEveryMs: 1,
    clock: systemClock,
    log,
    ...options,
  });
  return {
    chat,
    ...heard,
    log: lines,
    async start() {
      await chat.start(core);
      if (transport === 'http') slack.deliverTo(`http://127.0.0.1:${chat.port()}/slack/events`);
      else await slack.connected(1);
    },
  };
}
