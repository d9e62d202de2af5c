/** The log that Slack's packages write to: ours, without their chatter, which repeats whole messages. */
import { LogLevel } from '@slack/bolt';
import type { Log } from '../../src/chat/report.ts';

/** Tokens and the addresses that work like one. */
const SECRETS = /\bx(?:ox[a-z]|app)-[\w-]+|https?:\/\/\S*(?:hooks\.slack\.com|ticket=)\S*/g;
const LONGEST = 500;

/** A logger as Bolt and its parts take it. What they call errors are warnings here: whether one matters is decided where it is handled. */
export function quietLogger(log: Log) {
  const say = (parts: readonly unknown[]) =>
    log.warn(
      { from: 'slack sdk' },
      parts.map(wordsOf).join(' ').replace(SECRETS, '[secret]').slice(0, LONGEST),
    );
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => say(parts),
    error: (...parts: unknown[]) => say(parts),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** Never the object itself: errors of Slack's packages carry headers and bodies. */
function wordsOf(part: unknown): string {
  if (part instanceof Error) return part.message;
  return typeof part === 'object' ? '' : String(part);
}
