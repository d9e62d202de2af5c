/** The watches of a room, of a person, or of all. */
import type { Watched } from '../watch/desk.ts';
import type { Mute } from '../watch/watch.ts';
import type { Rows } from './csv.ts';
import { PAGE_SIZE, pageActions } from './devices.ts';
import { muteNotices } from './mutes.ts';
import { count, counted, duration, inName } from './text.ts';
import type { Action, Block, Page, Text, View } from './view.ts';
import { endWords, graceWords, inWords, placeWords, stateWords, watchText } from './watch-words.ts';

export interface Watches {
  readonly watches: readonly Watched[];
  readonly mutes: readonly Mute[];
  /** Of this room, of the person who asks, or of all that they may see. */
  readonly whose: 'room' | 'mine' | 'all';
  /** Those that tell the asker in direct messages, when they are not listed. */
  readonly direct: number;
  readonly command: string;
  readonly page: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const WHERE: Readonly<Record<Watches['whose'], string>> = {
  room: ' here',
  mine: ' of yours',
  all: ' in all rooms',
};

/** Who made each, for how long, and how what it covers is doing. */
export function watchesView(asked: Watches): View {
  const { watches, whose, command, direct } = asked;
  const rows = watchRows(watches);
  const last = Math.max(1, Math.ceil(watches.length / PAGE_SIZE));
  const page: Page = {
    number: Math.min(asked.page, last),
    size: PAGE_SIZE,
    total: watches.length,
    atLeast: false,
  };
  const start = (page.number - 1) * PAGE_SIZE;
  const shown = watches.slice(start, start + PAGE_SIZE);
  const none = watches.length === 0;
  return {
    outcome: none ? 'nothing' : 'answered',
    title: none
      ? `Nothing is watched${whose === 'mine' ? ' for you' : WHERE[whose]}`
      : `${counted(watches.length, 'watch', 'watches')}${WHERE[whose]}`,
    blocks: [
      ...muteNotices(asked.mutes, asked.now),
      ...(none ? [] : [table(shown, page, asked)]),
      ...directBlocks(direct),
      ...(none && direct === 0 ? [howBlock()] : []),
    ],
    actions: [...pageActions(command, page), ...unwatchActions(shown), ...otherActions(asked)],
    data: { watches: watches.map(plain), mutes: asked.mutes },
    rows,
  };
}

function table(shown: readonly Watched[], page: Page, { now, whose }: Watches): Block {
  return {
    type: 'table',
    columns: [
      { label: 'No.', align: 'right' },
      { label: 'Watches' },
      { label: 'State' },
      { label: 'Incidents', align: 'right', yields: 1 },
      { label: 'Made by', yields: 2 },
      { label: 'Grace', yields: 4 },
      { label: 'Ends', yields: 3 },
      ...(whose === 'room' ? [] : [{ label: 'Told', yields: 5 }]),
    ],
    rows: shown.map((one) => row(one, now, whose)),
    page,
  };
}

function row(watched: Watched, now: number, whose: Watches['whose']): readonly Text[] {
  const { watch, notUp, openIncidents } = watched;
  const { until, graceMs } = watch;
  const ends = until === null ? '' : until === 'back' ? 'when back' : inWords(until, now);
  return [
    `#${watch.id}`,
    watchText(watch.text, 60),
    [{ text: stateWords(watched), ...(notUp > 0 && { tone: 'bad' as const }) }],
    openIncidents === 0 ? '' : count(openIncidents),
    [{ text: watch.maker, person: watch.maker }],
    graceMs === null ? '' : graceMs === 0 ? 'none' : duration(graceMs),
    ends,
    ...(whose === 'room' ? [] : [toldWords(watched)]),
  ];
}

function toldWords({ watch: { room } }: Watched): string {
  return room.direct === true ? 'directly' : `${room.room} (${room.platform})`;
}

function directBlocks(direct: number): readonly Block[] {
  if (direct === 0) return [];
  const text = `${counted(direct, 'watch', 'watches')} of yours ${direct === 1 ? 'tells' : 'tell'} you in direct messages: watches mine lists them.`;
  return [{ type: 'notice', tone: 'muted', text }];
}

function howBlock(): Block {
  return {
    type: 'text',
    text: [
      { text: 'For example ' },
      { text: 'watch desc:"LON*" grace:5m', style: 'code' },
      { text: ' or ' },
      { text: 'watch gateways', style: 'code' },
      { text: '.' },
    ],
  };
}

/** As many as there is room for: the rest is a word to type. */
const MOST_BUTTONS = 5;

function unwatchActions(shown: readonly Watched[]): readonly Action[] {
  return shown.slice(0, MOST_BUTTONS).map(({ watch }) => ({
    label: `Unwatch #${watch.id}`,
    command: `unwatch ${watch.id}${inName(watch.cluster)}`,
  }));
}

function otherActions({ whose, mutes }: Watches): readonly Action[] {
  return [
    ...(mutes.length > 0 && whose === 'room' ? [{ label: 'Unmute', command: 'unmute' }] : []),
    ...(whose === 'room' ? [{ label: 'All rooms', command: 'watches all' }] : []),
    { label: 'Incidents', command: 'incidents' },
  ];
}

function plain({ watch, ...counts }: Watched) {
  return { ...watch, ...counts };
}

function watchRows(watches: readonly Watched[]): Rows {
  return {
    columns: [
      'id',
      'watches',
      'cluster',
      'room',
      'maker',
      'grace',
      'ends',
      'devices',
      'notUp',
      'openIncidents',
    ],
    cells: watches.map(({ watch, devices, notUp, openIncidents }) => [
      String(watch.id),
      watch.text,
      watch.cluster,
      watch.room.room,
      watch.maker,
      graceWords(watch),
      typeof watch.until === 'number' ? new Date(watch.until).toISOString() : (watch.until ?? ''),
      String(devices),
      String(notUp),
      String(openIncidents),
    ]),
  };
}

/** On a person's own page. */
export function ownWatchBlocks(watches: readonly Watched[], now: number): readonly Block[] {
  if (watches.length === 0) return [];
  const shown = watches.slice(0, PAGE_SIZE);
  const more = watches.length - shown.length;
  const facts = shown.map((watched) => ({
    label: `#${watched.watch.id} ${watchText(watched.watch.text, 60)}`,
    value: `${stateWords(watched)}; told ${placeOf(watched)}${watched.watch.until === null ? '' : `; ends ${endWords(watched.watch, now)}`}`,
  }));
  return [
    { type: 'text', text: [{ text: 'Your watches', style: 'strong' }] },
    { type: 'facts', facts },
    ...(more > 0
      ? [
          {
            type: 'notice',
            tone: 'muted',
            text: `${count(more)} more: watches mine lists them all.`,
          } satisfies Block,
        ]
      : []),
  ];
}

function placeOf({ watch }: Watched): string {
  return watch.room.direct === true ? placeWords(watch.room) : 'in a room';
}
