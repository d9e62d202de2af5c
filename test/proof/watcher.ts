/**
 * Run as a process, to be killed: risbot with everything but a real chat platform. Says `ready` when it is loaded, waits for a line with
 * what it is to do, and says `up` when it watches; then the answers to the watches that it was asked to make, and `watching`.
 */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { openApp } from '../../src/app.ts';
import { type Chat, ChatError } from '../../src/chat.ts';
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/config.ts';
import { createSecret } from '../../src/config/secret.ts';
import { createLogger } from '../../src/log.ts';
import { openStore } from '../../src/store/open.ts';

export interface Orders {
  /** Which of its lives it is: said along with every message. */
  readonly life: number;
  readonly database: string;
  readonly cucm: { readonly url: string; readonly username: string; readonly password: string };
  readonly requestsPerMinute: number;
  /** Where messages go: see `room-server.ts`. */
  readonly platform: string;
  /** Watches to make first, each in its room. */
  readonly watches: readonly { readonly room: string; readonly text: string }[];
  /** What a person asks, one after the other, every so many milliseconds; null: nobody asks. */
  readonly asks: { readonly questions: readonly string[]; readonly everyMs: number } | null;
}

const lines = createInterface({ input: process.stdin });
process.stdout.write('ready\n');
// Whoever is killed writes nothing at its end.
flushCompileCache();
const [line] = (await once(lines, 'line')) as [string];
const orders = JSON.parse(line) as Orders;
// Whoever started it is gone: nobody would end it any more.
lines.on('close', () => process.exit(1));

async function send(path: string, body: Readonly<Record<string, unknown>>): Promise<{ readonly id: string }> {
  const sent = JSON.stringify({ life: orders.life, ...body });
  const reply = await fetch(`${orders.platform}${path}`, { method: 'POST', body: sent });
  if (!reply.ok) throw new ChatError('refused', await reply.text());
  return (await reply.json()) as { id: string };
}

const chat: Pick<Chat, 'name' | 'post' | 'update'> = {
  name: 'slack',
  async post({ platform, room, thread = null }, { title, data }, { key } = {}) {
    const { id } = await send('/post', { room, thread, key, title, data });
    return { place: { platform, room }, id };
  },
  async update(posted, { title, data }) {
    await send('/update', { id: posted.id, title, data });
    return posted;
  },
};

const config: Config = {
  clusters: [
    {
      name: 'prod',
      url: orders.cucm.url,
      username: orders.cucm.username,
      password: createSecret(orders.cucm.password),
      requestsPerMinute: orders.requestsPerMinute,
      maxDevices: 2_000,
      tls: {},
      limits: { connectMs: 10_000, headersMs: 60_000, totalMs: 120_000, maxBytes: 64 * 1024 * 1024 },
      axl: null,
    },
  ],
  log: { level: 'warn' },
  access: null,
  audit: null,
  operations: null,
  slack: null,
  webex: null,
  proxy: null,
  database: { url: createSecret(orders.database) },
  watch: { quietHours: [], historyDays: 90 },
  source: 'proof',
};

const log = createLogger({ level: 'warn' });
const store = await openStore({ url: orders.database, clock: systemClock, log });
const app = await openApp(config, { clock: systemClock, log, store, platforms: () => [chat] });
process.stdout.write('up\n');

async function say(text: string, room: string): Promise<string> {
  const place = { platform: chat.name, room };
  return (await app.answer({ text, person: 'maria', place }, () => {})).title;
}

for (const { room, text } of orders.watches) {
  process.stdout.write(`${await say(`watch ${text}`, room)}\n`);
}
process.stdout.write('watching\n');

for (let at = orders.life * 31; orders.asks !== null; at += 1) {
  const { questions, everyMs } = orders.asks;
  void say(questions[at % questions.length] ?? '', '#helpdesk');
  await systemClock.sleep(everyMs);
}
