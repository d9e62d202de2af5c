/** What is held back, for how long and why. */
import type { Mute } from '../watch/watch.ts';
import { inName, joined, shortened } from './text.ts';
import type { Block, View } from './view.ts';
import { muteAbout, muteWhy, untilWords } from './watch-words.ts';

export interface MutedOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly notes: readonly string[];
}

export function mutedView(mute: Mute, { now, notes }: MutedOptions): View {
  const why = muteWhy(mute);
  return {
    outcome: 'answered',
    title: `Muted until ${untilWords(mute.until, now)}: ${muteAbout(mute)}`,
    tone: 'muted',
    blocks: [
      ...notes.map((text): Block => ({ type: 'notice', tone: 'info', text })),
      {
        type: 'text',
        text: 'Nothing of it is told here until then; after that, what has changed, in one message.',
      },
      {
        type: 'facts',
        facts: [
          { label: 'Mute', value: `#${mute.id}` },
          ...(why === '' ? [] : [{ label: 'Why', value: why }]),
          { label: 'Cluster', value: mute.cluster ?? 'all' },
        ],
      },
    ],
    actions: [unmute(mute)],
    data: { mute: plain(mute) },
  };
}

export interface MuteWhatOptions {
  /** The command for everything in the room. */
  readonly all: string;
  /** Open here, each with the command that mutes it. */
  readonly incidents: readonly { readonly label: string; readonly command: string }[];
}

const MOST_BUTTONS = 4;

/** Nothing was named: nothing is muted. */
export function muteWhatView({ all, incidents }: MuteWhatOptions): View {
  const title = 'Nothing was muted: mute needs to know what to mute';
  const text = 'An incident, a device, an extension or a filter will do; all is everything in this room.';
  return {
    outcome: 'misread',
    title,
    tone: 'warn',
    blocks: [
      { type: 'text', text },
      {
        type: 'facts',
        facts: ['mute 1002 for:1h', all].map((command) => ({
          label: command === all ? 'Everything here' : 'For example',
          value: [{ text: command, style: 'code' }],
        })),
      },
    ],
    actions: [
      ...incidents
        .slice(0, MOST_BUTTONS)
        .map(({ label, command }) => ({ label: shortened(`Mute ${label}`, 60), command })),
      { label: 'Mute everything here', command: all },
      { label: 'Help', command: 'help mute' },
    ],
    data: { error: { code: 'misread', message: title, reason: 'no-subject' } },
  };
}

function unmute({ id, cluster }: Mute) {
  return { label: 'Unmute', command: `unmute ${id}${cluster === null ? '' : inName(cluster)}` };
}

export function unmutedView(mutes: readonly Mute[]): View {
  return {
    outcome: 'answered',
    title: `No longer muted: ${joined(mutes.slice(0, 3).map(muteAbout))}${mutes.length > 3 ? ` and ${mutes.length - 3} more` : ''}`,
    tone: 'good',
    blocks: [{ type: 'text', text: 'What was held back comes now, in one message.' }],
    actions: [],
    data: { unmuted: mutes.map(plain) },
  };
}

/** Above the watches that they hold back. */
export function muteNotices(mutes: readonly Mute[], now: number): readonly Block[] {
  return mutes.slice(0, 5).map((mute): Block => {
    const why = muteWhy(mute);
    const text = [
      {
        text: `Muted (#${mute.id}) until ${untilWords(mute.until, now)}: ${muteAbout(mute)}${why === '' ? '' : `, for ${why}`}, by `,
      },
      { text: mute.by, person: mute.by },
    ];
    return { type: 'notice', tone: 'warn', text };
  });
}

function plain({ room: _room, ...mute }: Mute) {
  return mute;
}
