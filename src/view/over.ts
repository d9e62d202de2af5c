/** The end of a mute, of quiet hours, of a watch, and of a room. */
import type { Announcement, Member } from '../watch/incident.ts';
import { lastingTable, memberRows } from './members.ts';
import { count, counted, duration, quoted, shortened } from './text.ts';
import type { Block, View } from './view.ts';

type MuteOver = Extract<Announcement, { type: 'mute-over' }>;
type WatchOver = Extract<Announcement, { type: 'watch-over' }>;
type RoomLost = Extract<Announcement, { type: 'room-lost' }>;

const MOST_SHOWN = 10;

/** One difference: what is lost now and was not before, what came and went, what came back. */
export function muteOverView({ mute, why, ms, at, quiet, lost, passed, back }: MuteOver): View {
  const what = quiet ? 'Quiet hours are over' : `Mute #${mute} is over`;
  const parts = [
    ...(lost.length > 0 ? [`${count(lost.length)} down`] : []),
    ...(passed > 0 ? [`${count(passed)} came and went`] : []),
    ...(back > 0 ? [`${count(back)} back that were down before`] : []),
  ];
  return {
    outcome: 'answered',
    title: `${what} after ${duration(ms)}: ${parts.length === 0 ? 'nothing changed' : parts.join(', ')}`,
    tone: lost.length > 0 ? 'bad' : 'good',
    blocks: [
      ...(why === '' ? [] : [{ type: 'text', text: `It was for ${quoted(why)}.` } satisfies Block]),
      ...lostBlocks(lost, at),
    ],
    actions: [],
    data: { mute, why, ms, at, quiet, lost, passed, back },
    ...(lost.length > 0 && { rows: memberRows(lost) }),
  };
}

function lostBlocks(lost: readonly Member[], at: number): readonly Block[] {
  if (lost.length === 0) return [];
  const more = lost.length - MOST_SHOWN;
  return [
    lastingTable(lost.slice(0, MOST_SHOWN), at),
    ...(more > 0
      ? [{ type: 'notice', tone: 'muted', text: `${counted(more, 'device')} more` } satisfies Block]
      : []),
  ];
}

export function watchOverView({ watch, text, why }: WatchOver): View {
  const what = `Watch #${watch} ${shortened(text, 80)}`;
  const title = {
    expired: `${what} has ended, as agreed`,
    back: `${what} is over: it is back`,
    'no-record': `${what} is over: CUCM has no record of it any more`,
  }[why];
  return {
    outcome: 'answered',
    title,
    tone: why === 'no-record' ? 'warn' : 'muted',
    blocks: [],
    actions: [{ label: 'Watches', command: 'watches' }],
    data: { watch, text, why },
  };
}

/** To whoever made the watches: nobody reads them. */
export function roomLostView({ room, why, watches, waiting }: RoomLost): View {
  const shown = watches.slice(0, MOST_SHOWN).map((text) => shortened(text, 100));
  const more = watches.length - shown.length;
  return {
    outcome: 'answered',
    title: `I cannot post to a room any more: ${counted(watches.length, 'watch', 'watches')} of yours ${watches.length === 1 ? 'tells' : 'tell'} nobody`,
    tone: 'warn',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Room', value: `${room.room} (${room.platform})` },
          { label: 'It said', value: shortened(why, 100) },
          { label: 'Waiting', value: counted(waiting, 'message') },
        ],
      },
      { type: 'list', items: [...shown, ...(more > 0 ? [`and ${more} more`] : [])] },
      {
        type: 'text',
        text: 'They are kept, and it is tried again. Let me in again, or watch the same elsewhere and unwatch these.',
      },
    ],
    actions: [],
    data: { room, why, watches, waiting },
  };
}
