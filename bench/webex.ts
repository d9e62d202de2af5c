/** risbot in Webex, whole: `risbot serve` as a process of its own between a simulated Webex and a simulated cluster. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Slack, startSlack } from '../simulator/slack/slack.ts';
import { startWebex, type Webex } from '../simulator/webex/webex.ts';
import { systemClock } from '../src/clock.ts';
import { type BenchCluster, startCluster } from './cluster.ts';
import { type BenchRow, quantile } from './row.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const SPACES = 1_000;

interface Bot {
  readonly webex: Webex;
  /** There so that risbot can run without Webex, too. */
  readonly slack: Slack;
  readonly cluster: BenchCluster;
  /** Resident memory in MB: of risbot itself, and of the processes below it. */
  memory(): { readonly own: number; readonly below: number };
  /** Milliseconds from its start until Webex's socket was open. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Starts everything; resolves once Slack's sockets are open, and Webex's when it is to be. */
async function startBot({ inWebex }: { readonly inWebex: boolean }): Promise<Bot> {
  const cluster = await startCluster({ devices: 2_000, maxDevices: 1_000, requestsPerMinute: 15 });
  const [slack, webex] = await Promise.all([
    startSlack(),
    startWebex({ crowd: { people: 20, rooms: SPACES } }),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'risbot-bench-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cluster.ca);
  const began = systemClock.monotonic();
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      CUCM_URL: cluster.url,
      CUCM_USERNAME: cluster.username,
      CUCM_PASSWORD: cluster.password,
      CUCM_CA_FILE: caFile,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      ...(inWebex && {
        WEBEX_TOKEN: webex.token,
        WEBEX_API_URL: webex.url,
        WEBEX_DISCOVERY_URL: `${webex.origin}/u2c/api/v1`,
      }),
      RISBOT_DATABASE: 'sqlite::memory:',
      RISBOT_LOG_LEVEL: 'error',
    },
    stdio: 'ignore',
  });
  await slack.connected(2);
  if (inWebex) await webex.connected(1);
  const readyMs = systemClock.monotonic() - began;
  const pid = child.pid ?? 0;
  return {
    webex,
    slack,
    cluster,
    readyMs,
    memory: () => ({
      own: residentMb(pid),
      below: childrenOf(pid).reduce((sum, below) => sum + residentMb(below), 0),
    }),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await Promise.all([webex.stop(), slack.stop(), cluster.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** The four numbers of the Webex adapter, and how soon it is ready. */
export async function benchWebex(): Promise<BenchRow[]> {
  const without = await idleMemory();
  const bot = await startBot({ inWebex: true });
  try {
    await systemClock.sleep(5_000);
    const idle = bot.memory();
    return [
      readyRow(bot),
      memoryRow(without, idle),
      await overheadRow(bot.webex),
      await reconnectRow(bot.webex),
      await throttledRow(bot),
    ];
  } finally {
    await bot.stop();
  }
}

async function idleMemory(): Promise<number> {
  const bot = await startBot({ inWebex: false });
  try {
    await systemClock.sleep(5_000);
    return bot.memory().own;
  } finally {
    await bot.stop();
  }
}

function readyRow({ readyMs, webex }: Bot): BenchRow {
  const calls = webex.calls().length;
  return {
    what: `from the start of the process to Webex's open socket, ${SPACES} spaces`,
    ours: `${(readyMs / 1000).toFixed(1)} s, ${calls} calls of the REST API`,
    peer: 'the framework’s default asks for every space: a call each',
    bound: 'no walk through the spaces: under 10 calls',
    ok: calls < 10,
  };
}

function memoryRow(without: number, { own, below }: ReturnType<Bot['memory']>): BenchRow {
  const added = own + below - without;
  return {
    what: 'memory that Webex adds, idle',
    ours: `${added.toFixed(0)} MB (${below.toFixed(0)} in the process of the SDK)`,
    peer: `${without.toFixed(0)} MB without it`,
    bound: 'under 240 MB',
    ok: added < 240,
  };
}

/** Milliseconds from a message to its card, when CUCM need not be asked any more. */
async function overheadRow(webex: Webex): Promise<BenchRow> {
  const times: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    const room = `Crowd ${1 + (index % 20)}`;
    const asked = systemClock.monotonic();
    await webex.say(room, 'person1', '@risbot SEP001122334455');
    await webex.nextMessage(room, ({ text }) => text.includes('Registered'));
    times.push(systemClock.monotonic() - asked);
    await systemClock.sleep(60);
  }
  // The first of every five seconds asks CUCM, and the first of all who asks; the others are remembered.
  const median = quantile(times.slice(1), 0.5);
  return {
    what: 'overhead of the adapter, event in to card out, answers remembered',
    ours: `median ${median.toFixed(1)} ms (95 % ${quantile(times.slice(1), 0.95).toFixed(1)} ms)`,
    peer: '-',
    bound: 'median under 40 ms',
    ok: median < 40,
  };
}

/** The socket is cut ten times, and something is asked each time before it is back. */
async function reconnectRow(webex: Webex): Promise<BenchRow> {
  const back: number[] = [];
  let answered = 0;
  for (let index = 0; index < 10; index += 1) {
    const room = `Crowd ${100 + index}`;
    webex.trouble.dropSockets();
    const lost = systemClock.monotonic();
    const question = await webex.say(room, 'person1', '@risbot status');
    await webex.connected(1);
    back.push(systemClock.monotonic() - lost);
    await webex.nextMessage(room, undefined, 15_000);
    await systemClock.sleep(500);
    answered += webex.thread(question).length === 2 ? 1 : 0;
  }
  const slowest = Math.max(...back);
  return {
    what: 'the websocket is lost ten times, with a question each time',
    ours: `back within ${(slowest / 1000).toFixed(2)} s, ${answered} of 10 answered once`,
    peer: '-',
    bound: 'back within 2 s, nothing lost',
    ok: slowest < 2_000 && answered === 10,
  };
}

/** 300 questions in a minute, from 20 people in 20 spaces, while every tenth call is answered 429. */
async function throttledRow({ webex, cluster }: Bot): Promise<BenchRow> {
  const phones = cluster.names.filter((name) => name.startsWith('SEP')).slice(0, 300);
  const before = webex.calls().length;
  webex.trouble.everyTooMany(10, 1);
  const asked = await Promise.all(
    phones.map(async (name, index) => {
      await systemClock.sleep(index * 200);
      return webex.say(`Crowd ${1 + (index % 20)}`, `person${1 + (index % 20)}`, `@risbot ${name}`);
    }),
  );
  await systemClock.sleep(20_000);
  webex.trouble.calm();
  const answers = asked.map((question, index) => {
    const [, ...below] = webex.thread(question);
    return below.filter(({ text }) => text.includes(phones[index] ?? '')).length;
  });
  const once = answers.filter((count) => count === 1).length;
  const calls = webex.calls().slice(before);
  const throttled = calls.filter(({ status }) => status === 429).length;
  return {
    what: '300 questions in a minute, every tenth call answered 429',
    ours: `${once} answered once, ${throttled} of ${calls.length} calls answered 429`,
    peer: 'the framework drops an event whose look-up gets 429',
    bound: 'every one once',
    ok: once === phones.length,
  };
}
