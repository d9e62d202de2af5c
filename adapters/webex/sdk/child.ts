/** One child process with the SDK in it, from its start to its end; one that hangs, or does not connect in time, is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Log } from '../../../src/chat/report.ts';
import type { Clock } from '../../../src/clock.ts';
import { logOutput } from './output.ts';
import { type FromChild, type Order, readFromChild, type ToChild } from './protocol.ts';
import type { Heard } from './succession.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
/** Without them the SDK leaves 280 MB behind its start, most of it garbage; with them 140. What leaks ends at the first of them. */
const FLAGS = ['--max-old-space-size=160', '--max-semi-space-size=4'];
const LINES_A_HEARTBEAT = 20;
/** For one without a websocket to take its device back, if it has one yet. Milliseconds. */
const HASTY_FAREWELL_MS = 700;

export interface ChildOptions {
  readonly order: Order;
  /** All that the process has of an environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What must not stand in a log. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly hear: Heard;
}

export interface Limits {
  /** Milliseconds between two pings to the process. */
  readonly heartbeatMs: number;
  /** So many pings without an answer, and it hangs. */
  readonly missedBeats: number;
  /** How long it may be without a websocket. */
  readonly connectMs: number;
  /** How long it may take to end when asked to. */
  readonly farewellMs: number;
}

export interface End {
  readonly reason: string;
  /** The token is not good. */
  readonly isRefused: boolean;
}

export interface Child {
  readonly pid: number | null;
  /** Resolves when the process is gone. */
  readonly ended: Promise<End>;
  stop(): Promise<void>;
}

interface Pulse {
  isLoaded: boolean;
  /** Pings since it last said anything. */
  unanswered: number;
  /** Since when it is without a websocket, in monotonic milliseconds; null when it has one. */
  closedAt: number | null;
  /** The last thing that was in the way. */
  trouble: string;
  end: End | null;
}

/** Does not throw; a process that could not be started has ended. */
export function startChild(options: ChildOptions): Child {
  const { order, environment, secrets, clock, log, limits } = options;
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const over = new AbortController();
  const pulse: Pulse = {
    isLoaded: false,
    unanswered: 0,
    closedAt: clock.monotonic(),
    trouble: 'not connected',
    end: null,
  };
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const output = logOutput(streams, { log, secrets, most: LINES_A_HEARTBEAT });
  const ended = endOf(child, pulse).finally(() => over.abort());

  const tell = (words: ToChild) => {
    // Of one that is just ending nothing is expected any more.
    if (child.connected) child.send(words, () => undefined);
  };

  async function beat(): Promise<void> {
    while (!over.signal.aborted) {
      tell({ type: 'ping' });
      output.refill();
      await clock.sleep(limits.heartbeatMs, over.signal).catch(() => undefined);
      // Whatever it said while this process was busy itself comes first.
      await clock.breathe();
      const reason = verdict(pulse, limits, clock.monotonic());
      pulse.unanswered += 1;
      if (reason === null || over.signal.aborted) continue;
      pulse.end = { reason, isRefused: false };
      child.kill('SIGKILL');
    }
  }

  child.on('message', (value) => {
    const words = readFromChild(value);
    if (words !== null) hear(words, pulse, options);
  });
  tell({ type: 'connect', order });
  void beat();
  return {
    pid: child.pid ?? null,
    ended,
    async stop() {
      tell({ type: 'stop' });
      // One that is still loading the SDK hears nothing, and one that is connecting may be waiting for whoever does not answer.
      const hasty = pulse.isLoaded ? HASTY_FAREWELL_MS : 0;
      const farewellMs = pulse.closedAt === null ? limits.farewellMs : Math.min(hasty, limits.farewellMs);
      const inTime = clock.sleep(farewellMs, over.signal).catch(() => undefined);
      await Promise.race([ended, inTime]);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Why a process has to go: it hangs, or it does not connect; null when it may stay. Loading the SDK takes it away for seconds. */
export function verdict(
  { isLoaded, unanswered, closedAt, trouble }: Omit<Pulse, 'end'>,
  { missedBeats, connectMs }: Limits,
  now: number,
): string | null {
  if (isLoaded && unanswered >= missedBeats) return 'process hung';
  return closedAt !== null && now - closedAt >= connectMs ? `${trouble}, for too long` : null;
}

function hear(words: FromChild, pulse: Pulse, { clock, hear: heard }: ChildOptions): void {
  pulse.unanswered = 0;
  switch (words.type) {
    case 'loaded':
      pulse.isLoaded = true;
      break;
    case 'open':
      pulse.closedAt = null;
      heard.open();
      break;
    case 'closed':
      pulse.closedAt ??= clock.monotonic();
      pulse.trouble = words.reason;
      heard.closed(words.reason);
      break;
    case 'trouble':
      pulse.trouble = words.reason;
      if (pulse.closedAt !== null) heard.closed(words.reason);
      break;
    case 'failed':
      pulse.end ??= { reason: words.reason || pulse.trouble, isRefused: words.isRefused };
      break;
    case 'notice':
      heard.notice(words.notice);
      break;
    case 'pong':
      break;
  }
}

function endOf(child: ChildProcess, pulse: Pulse): Promise<End> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(pulse.end ?? { reason: `process ended (${signal ?? code})`, isRefused: false });
    });
    child.once('error', () => {
      // A kill or a word that failed is an error as well, and then the process goes on.
      if (child.pid === undefined) resolve({ reason: 'process could not be started', isRefused: false });
    });
  });
}
