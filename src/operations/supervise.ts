/** Keeps trying to connect a chat platform, with growing pauses; what others do does not depend on it. */
import type { Chat, Core } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { PlatformStatus } from './readiness.ts';

/** A platform that can say how it is. */
export interface Platform extends Chat {
  /** `reason` is what is wrong; null or blank when nothing is. */
  status(): { readonly connected: boolean; readonly reason: string | null };
}

export interface SuperviseOptions {
  readonly clock: Clock;
  readonly log: {
    info(fields: Readonly<Record<string, unknown>>, message: string): void;
    error(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

export interface Supervised {
  readonly name: string;
  /** To tell something unasked; null while it is not connected. */
  chat(): Platform | null;
  status(): PlatformStatus;
  /** Gives up connecting, or disconnects. */
  stop(): Promise<void>;
}

const CONNECTING = 'connecting';

/**
 * Starts at once and returns at once. `open` makes a platform that has not been started; a failed one is stopped and replaced, since
 * what is half connected cannot be started twice.
 */
export function supervise(
  name: string,
  open: () => Platform,
  core: Core,
  options: SuperviseOptions,
): Supervised {
  const { clock, log, firstPauseMs = 1_000, longestPauseMs = 60_000 } = options;
  const stopping = new AbortController();
  let platform = open();
  let started = false;
  let problem = CONNECTING;

  async function connect(): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        await platform.start(core);
        started = true;
        log.info({ platform: name }, 'connected');
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        problem = reasonOf(error);
        log.error({ platform: name, err: error, againInMs: pauseMs }, 'could not connect; trying again');
      }
      await platform.stop().catch((error: unknown) => log.error({ err: error }, 'could not be stopped'));
      // Only stopping ends the pause early.
      await clock.sleep(pauseMs, stopping.signal).catch(() => {});
      if (stopping.signal.aborted) return;
      platform = open();
    }
  }

  const connecting = connect();
  return {
    name,
    chat: () => (platform.status().connected ? platform : null),
    status() {
      const { connected, reason } = platform.status();
      if (connected) return { name, connected, reason: reason ?? '' };
      if (started) return { name, connected, reason: reason || 'disconnected' };
      // The first try may take a minute, and what keeps it is known before.
      return { name, connected, reason: problem === CONNECTING ? reason || problem : problem };
    },
    async stop() {
      stopping.abort();
      await platform.stop();
      await connecting;
    },
  };
}

const LONGEST_REASON = 200;

/** A platform's own word for what is wrong, such as `invalid_auth`. Messages are for the log: they may quote what was sent. */
function reasonOf(error: unknown): string {
  const word = (key: 'reason' | 'code') =>
    error instanceof Error && key in error ? String(Reflect.get(error, key)) : '';
  const code = word('reason') || word('code');
  return (code === '' ? 'could not connect' : `could not connect (${code})`).slice(0, LONGEST_REASON);
}
