/** A workspace with a bot in it, for tests: the stand-in for Slack, the adapter, and a core that answers as told. */
import { afterEach } from 'vitest';
import type { SlackOptions } from '../../../adapters/slack/options.ts';
import { createSlack } from '../../../adapters/slack/slack.ts';
import {
  type Slack as StandIn,
  type SlackOptions as StandInOptions,
  startSlack,
} from '../../../simulator/slack/slack.ts';
import type { Asker, Core, Incoming } from '../../../src/chat.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Interim, View } from '../../../src/view/view.ts';

export type Transport = 'socket' | 'http';

export interface Line {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type Answerer = (message: Incoming, tell: (interim: Interim) => void) => Promise<View> | View;

/** An answer with a title, and what else a test wants. */
export function view(title: string, more: Partial<View> = {}): View {
  return {
    outcome: 'answered',
    title,
    blocks: [{ type: 'text', text: `about ${title}` }],
    actions: [],
    data: {},
    ...more,
  };
}

const FORM = {
  clusters: ['prod', 'lab'],
  verbs: [
    { name: 'find', summary: 'a table' },
    { name: 'why', summary: 'the reason' },
  ],
};

/** As in manifest.yml. */
const EVENTS = ['app_home_opened', 'app_mention', 'message.im'] as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A core that repeats what it is asked. */
export function core(changes: Partial<Core> = {}): Core {
  return {
    answer: async ({ text }) => view(text),
    suggest: () => [],
    home: async () => view('Your clusters'),
    formFor: () => FORM,
    ...changes,
  };
}

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
  closing.push(() => slack.stop());
  const bot = createBot(slack, setUp);
  closing.push(() => bot.chat.stop());
  if (setUp.start !== false) await bot.start();
  return { slack, ...bot };
}

function createBot(slack: StandIn, { transport = 'socket', options = {}, core: changes = {} }: SetUp) {
  const asked: Incoming[] = [];
  const log: Line[] = [];
  const homes: Asker[] = [];
  let answerer: Answerer = ({ text }) => view(text);
  const write = (level: string) => (fields: Line['fields'], message: string) =>
    void log.push({ level, fields, message });
  const tokens =
    transport === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port: 0 };
  const chat = createSlack({
    botToken: slack.botToken,
    ...tokens,
    apiUrl: slack.url,
    // The pace of Slack's is kept where it is what a test is about.
    postEveryMs: 1,
    clock: systemClock,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    ...options,
  });
  const theCore = core({
    async answer(message, tell) {
      asked.push(message);
      return answerer(message, tell);
    },
    home: async (asker) => {
      homes.push(asker);
      return view('Your clusters');
    },
    ...changes,
  });
  return {
    chat,
    asked,
    homes,
    log,
    answerWith: (next: Answerer) => {
      answerer = next;
    },
    async start() {
      await chat.start(theCore);
      if (transport === 'http') slack.deliverTo(`http://127.0.0.1:${chat.port()}/slack/events`);
      else await slack.connected(1);
    },
  };
}
