/** The terminal words of a simulated cluster: `unplug SEP001122334455`, `wan cut 10.4.2.0/24`, `node down cucm2` … */
import { isMisbehaviour, MISBEHAVIOURS } from '../misbehaviour.ts';
import type { SimEvent } from './event.ts';

export type ParsedEvent = { readonly event: SimEvent } | { readonly problem: string };

interface Word {
  /** The fixed words it starts with. */
  readonly says: string;
  /** What follows them, for people. */
  readonly takes: string;
  readonly does: string;
  /** The event for what follows; null when that makes no sense. */
  readonly read: (rest: readonly string[]) => SimEvent | null;
}

const MOST_WORDS = 1000;
const LONGEST_LINE = 100_000;
const SLOWEST_MS = 600_000;
const DEVICES = '<device …>';

const WORDS: readonly Word[] = [
  onDevices('unplug', 'pull the cable: UnRegistered (13) once the keepalives are missed'),
  onDevices('plug', 'cable in, power on: registers after its start-up; also ends flapping'),
  onDevices('reset', 'Reset from CUCM: UnRegistered (9), then back'),
  onDevices('flap', 'down and up, over and over, until plugged in'),
  onDevices('partial', 'only the first line stays registered'),
  onDevices('low battery', 'the battery runs out (33); plug to charge it', 'low-battery'),
  onDevices('delete', 'delete it in CUCM; RIS remembers it for about three days'),
  onDevices('unknown', 'CUCM says nothing of its state: Unknown (0), as of a SIP trunk without OPTIONS Ping'),
  {
    says: 'replace',
    takes: '<phone> <other>',
    does: 'the phone is unplugged, and the other one takes its place and its numbers',
    read: ([old, by, ...rest]) =>
      old === undefined || by === undefined || rest.length > 0 ? null : { type: 'replace', old, by },
  },
  one(
    'wan cut',
    '<network or site>',
    'a network, such as 10.4.2.0/24, cannot reach the cluster',
    (network) => ({
      type: 'wan-cut',
      network,
    }),
  ),
  optional('wan restore', '[network or site]', 'that cut ends, or every cut', (network) => ({
    type: 'wan-restore',
    network,
  })),
  one('node down', '<node>', 'its CallManager service stops: phones move to the next node', (node) => ({
    type: 'node-down',
    node,
  })),
  one('node off', '<node>', 'the server is off: phones move and RIS hears nothing from it', (node) => ({
    type: 'node-off',
    node,
  })),
  one('node up', '<node>', 'service and server are back: phones come home (28)', (node) => ({
    type: 'node-up',
    node,
  })),
  one('node not-responding', '<node>', 'RIS hears nothing from the node; its phones are fine', (node) => ({
    type: 'node-silent',
    node,
  })),
  one('node responding', '<node>', 'RIS hears from it again', (node) => ({ type: 'node-responding', node })),
  optional(
    'ris restart',
    '[node]',
    'the RIS Data Collector starts anew: every StateInfo is void',
    (node) => ({
      type: 'ris-restart',
      node,
    }),
  ),
  {
    says: 'em login',
    takes: '<phone> <user>',
    does: 'a user logs in by Extension Mobility (19)',
    read: ([device, user, ...rest]) =>
      device === undefined || user === undefined || rest.length > 0 ? null : { type: 'login', device, user },
  },
  one('em logout', '<phone>', 'and out again', (device) => ({ type: 'logout', device })),
  {
    says: 'upgrade',
    takes: `${DEVICES} <load> [fail]`,
    does: 'new firmware: Upgrading, then a restart; or Failed',
    read: readUpgrade,
  },
  one('cti restart', '<app or user>', 'a CTI application closes, and opens 15 s later', (app) => ({
    type: 'cti-restart',
    app,
  })),
  one('cti crash', '<app or user>', 'it closes and stays closed', (app) => ({ type: 'cti-crash', app })),
  one('cti open', '<app or user>', 'it opens, with its devices and lines', (app) => ({
    type: 'cti-open',
    app,
  })),
  {
    says: 'throttle',
    takes: '[requests]',
    does: 'other clients use up so much of this minute’s allowance, or all of it',
    read: ([count, ...rest]) => {
      if (rest.length > 0) return null;
      if (count === undefined) return { type: 'throttle', requests: null };
      const requests = wholeNumber(count, MOST_WORDS);
      return requests === null ? null : { type: 'throttle', requests };
    },
  },
  fixed('auth fail', 'the password is refused', { type: 'auth', works: false }),
  fixed('auth ok', 'and accepted again', { type: 'auth', works: true }),
  fixed('role missing', 'the user lacks a role: 403', { type: 'role', granted: false }),
  fixed('role ok', 'and has it again', { type: 'role', granted: true }),
  fixed('sessions expire', 'every cookie is worthless', { type: 'expire-sessions' }),
  fixed('rows expire', 'old rows of moved and deleted devices go now', { type: 'expire-rows' }),
  {
    says: 'slow',
    takes: '<milliseconds>',
    does: 'every answer takes that much longer; 0 ends it',
    read: ([text = '', ...rest]) => {
      const ms = rest.length > 0 ? null : wholeNumber(text, SLOWEST_MS);
      return ms === null ? null : { type: 'slow', ms };
    },
  },
  {
    says: 'misbehave',
    takes: '<how> [times]',
    does: `bad answers: ${Object.keys(MISBEHAVIOURS).join(' ')}; or off`,
    read: readMisbehave,
  },
];

/** What can be said, a line each: `usage` to type, `does` what comes of it. */
export const EVENT_HELP: readonly { readonly usage: string; readonly does: string }[] = WORDS.map(
  ({ says, takes, does }) => ({ usage: takes === '' ? says : `${says} ${takes}`, does }),
);

/** Reads one line. The fixed words may be in any case; what follows is taken as it is. */
export function parseEvent(text: string): ParsedEvent {
  if (text.length > LONGEST_LINE) return { problem: 'that line is too long' };
  const words = text
    .trim()
    .split(/[\s,]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return { problem: 'say what happens: help shows the words' };
  if (words.length > MOST_WORDS) return { problem: `at most ${MOST_WORDS} words` };
  const found = WORDS.find(({ says }) => startsWith(words, says.split(' ')));
  if (found === undefined)
    return { problem: `“${(words[0] ?? '').slice(0, 40)}” is no event: help shows the words` };
  const event = found.read(words.slice(found.says.split(' ').length));
  return event === null ? { problem: `usage: ${found.says} ${found.takes}`.trim() } : { event };
}

function startsWith(words: readonly string[], says: readonly string[]): boolean {
  return says.every((said, place) => words[place]?.toLowerCase() === said);
}

type DeviceWord = 'unplug' | 'plug' | 'reset' | 'flap' | 'partial' | 'low-battery' | 'delete' | 'unknown';

function onDevices(says: string, does: string, type = says as DeviceWord): Word {
  return { says, takes: DEVICES, does, read: (targets) => (targets.length === 0 ? null : { type, targets }) };
}

function one(says: string, takes: string, does: string, event: (word: string) => SimEvent): Word {
  return {
    says,
    takes,
    does,
    read: ([word, ...rest]) => (word === undefined || rest.length > 0 ? null : event(word)),
  };
}

function optional(says: string, takes: string, does: string, event: (word: string | null) => SimEvent): Word {
  return { says, takes, does, read: ([word, ...rest]) => (rest.length > 0 ? null : event(word ?? null)) };
}

function fixed(says: string, does: string, event: SimEvent): Word {
  return { says, takes: '', does, read: (rest) => (rest.length > 0 ? null : event) };
}

function readUpgrade(rest: readonly string[]): SimEvent | null {
  const fails = rest.length > 2 && rest.at(-1)?.toLowerCase() === 'fail';
  const words = fails ? rest.slice(0, -1) : rest;
  const load = words.at(-1);
  if (load === undefined || words.length < 2) return null;
  return { type: 'upgrade', targets: words.slice(0, -1), load, fails };
}

function readMisbehave([kind = '', count, ...rest]: readonly string[]): SimEvent | null {
  if (rest.length > 0) return null;
  if (kind === 'off') return { type: 'misbehave', kind: null, times: null };
  if (!isMisbehaviour(kind)) return null;
  if (count === undefined) return { type: 'misbehave', kind, times: null };
  const times = wholeNumber(count, MOST_WORDS);
  return times === null ? null : { type: 'misbehave', kind, times };
}

function wholeNumber(text: string, most: number): number | null {
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
