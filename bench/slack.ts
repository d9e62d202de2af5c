/** risbot in Slack, whole: `risbot serve` as a process of its own between a simulated Slack and a simulated cluster. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Slack, startSlack } from '../simulator/slack/slack.ts';
import { systemClock } from '../src/clock.ts';
import { type BenchCluster, type ClusterSize, startCluster } from './cluster.ts';
import { type BenchRow, quantile } from './row.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const ALLOWANCE = 15;

interface Bot {
  readonly slack: Slack;
  readonly cluster: BenchCluster;
  /** Resident memory in MB. */
  memory(): number;
  stop(): Promise<void>;
}

/** Starts all three; resolves once the bot's sockets are open. */
async function startBot(size: ClusterSize): Promise<Bot> {
  const cluster = await startCluster(size);
  const slack = await startSlack({ crowd: { people: 200, channels: 20 } });
  const folder = mkdtempSync(join(tmpdir(), 'risbot-bench-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cluster.ca);
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      CUCM_URL: cluster.url,
      CUCM_USERNAME: cluster.username,
      CUCM_PASSWORD: cluster.password,
      CUCM_CA_FILE: caFile,
      CUCM_MAX_DEVICES: String(size.maxDevices),
      CUCM_REQUESTS_PER_MINUTE: String(ALLOWANCE),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      RISBOT_LOG_LEVEL: 'error',
    },
    // Its audit lines, a thousand of them, would bury the table.
    stdio: 'ignore',
  });
  await slack.connected(2);
  return {
    slack,
    cluster,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await slack.stop();
      await cluster.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The four numbers of the Slack adapter. */
export async function benchSlack(): Promise<BenchRow[]> {
  return [...(await acknowledgeUnderLoad()), ...(await thousandCommands())];
}

/** 50 commands a second for ten seconds, while replies of 2 000 devices are decoded. */
async function acknowledgeUnderLoad(): Promise<BenchRow[]> {
  const bot = await startBot({ devices: 20_000, maxDevices: 2_000, requestsPerMinute: ALLOWANCE });
  const { slack, cluster } = bot;
  try {
    await systemClock.sleep(3_000);
    const idle = bot.memory();
    const overhead = await overheads(slack);
    const phones = cluster.names.filter((name) => name.startsWith('SEP'));
    const large = slack.slash('person1', '#crowd1', '/ris', 'summary');
    const commands = Array.from({ length: 500 }, async (_, index) => {
      await systemClock.sleep(index * 20);
      const who = `person${1 + (index % 200)}`;
      return slack.slash(who, `#crowd${1 + (index % 20)}`, '/ris', phones[index] ?? '');
    });
    const acknowledged = (await Promise.all([large, ...commands])).map(
      ({ delivery }) => delivery.acknowledgedMs,
    );
    const times = acknowledged.map((ms) => ms ?? Number.POSITIVE_INFINITY);
    const slow = quantile(times, 0.99);
    const median = quantile(overhead, 0.5);
    return [
      {
        what: 'acknowledge, 50 commands a second while 2 000-device replies are decoded',
        ours: `99 % within ${slow.toFixed(0)} ms (median ${quantile(times, 0.5).toFixed(0)} ms)`,
        peer: 'Slack gives up after 3 000 ms',
        bound: '99 % under 250 ms',
        ok: slow < 250,
      },
      {
        what: 'overhead of the adapter, event in to message out, answers remembered',
        ours: `median ${median.toFixed(1)} ms (95 % ${quantile(overhead, 0.95).toFixed(1)} ms)`,
        peer: '-',
        bound: 'median under 15 ms',
        ok: median < 15,
      },
      {
        what: 'memory, idle',
        ours: `${idle.toFixed(0)} MB`,
        peer: '-',
        bound: 'under 150 MB',
        ok: idle < 150,
      },
    ];
  } finally {
    await bot.stop();
  }
}

/** Milliseconds from a mention to its answer, a room at a time, when CUCM need not be asked any more. */
async function overheads(slack: Slack): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    const room = `#crowd${1 + (index % 20)}`;
    const asked = systemClock.monotonic();
    await slack.say(room, 'person1', '@risbot SEP001122334455');
    await slack.nextMessage(room, (message) => JSON.stringify(message).includes('Registered'));
    times.push(systemClock.monotonic() - asked);
    await systemClock.sleep(60);
  }
  // The first of every five seconds asks CUCM; the others are remembered.
  return times.slice(1);
}

/** 1 000 commands in a minute, from 200 people in 20 channels. */
async function thousandCommands(): Promise<BenchRow[]> {
  const bot = await startBot({ devices: 5_000, maxDevices: 1_000, requestsPerMinute: ALLOWANCE });
  const { slack, cluster } = bot;
  try {
    const phones = cluster.names.filter((name) => name.startsWith('SEP')).slice(0, 1_000);
    const asked = phones.map(async (name, index) => {
      await systemClock.sleep(index * 60);
      await slack.slash(`person${1 + (index % 200)}`, `#crowd${1 + (index % 20)}`, '/ris', name);
    });
    await Promise.all(asked);
    await systemClock.sleep(20_000);
    const answers = phones.map((name, index) => {
      const seen = slack.ephemerals(`person${1 + (index % 200)}`);
      return seen.filter((message) => message.text.includes(name)).length;
    });
    const once = answers.filter((count) => count === 1).length;
    const requests = await cluster.requests();
    const throttled = slack.calls().filter((call) => call.status === 429).length;
    return [
      {
        what: '1 000 commands in a minute from 200 people in 20 channels',
        ours: `${once} answered once, ${requests} RisPort70 requests in 80 s, ${throttled} calls over Slack’s pace`,
        peer: `one request a question: ${(1_000 / ALLOWANCE).toFixed(0)} min`,
        bound: 'every one once, allowance and pace kept',
        ok: once === phones.length && requests <= 2 * ALLOWANCE && throttled === 0,
      },
    ];
  } finally {
    await bot.stop();
  }
}
