/** The answers to `watch` and `unwatch`. */
import type { Watch } from '../watch/watch.ts';
import { noticeBlocks, type Truth, truthData } from './answer.ts';
import { count, counted, countedClass, inName } from './text.ts';
import type { Action, Block, Fact, View } from './view.ts';
import { endWords, graceWords, placeWords, watchName, watchText } from './watch-words.ts';

/** What the cluster said of a scope just now. */
export interface Covered extends Truth {
  /** How many it holds; null when nobody counted, because that means looking at every phone. */
  readonly all: number | null;
  readonly notUp: number;
  /** Of one class all of them, or Any. */
  readonly deviceClass: string;
  /** Soft clients that would match but are watched by name alone. */
  readonly softClients: number;
  /** Names and numbers that CUCM has no record of, as typed. */
  readonly missing: readonly string[];
  /** Names known of the cluster, for a scope that nobody counted. */
  readonly known: number;
}

export interface Added {
  readonly watch: Watch;
  readonly covered: Covered;
  readonly notes: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What is watched from now on, and how much of it is down already. */
export function watchingView({ watch, covered, notes, now }: Added): View {
  const where = placeWords(watch.room);
  const facts: readonly Fact[] = [
    { label: 'Told', value: where === 'here' ? 'here, in this room' : where },
    // Whoever waits for a return is told at once.
    ...(watch.until === 'back'
      ? []
      : [{ label: 'Grace', value: graceWords(watch, covered.all === 0 ? 'Any' : covered.deviceClass) }]),
    { label: 'Ends', value: endWords(watch, now) },
    { label: 'Cluster', value: watch.cluster },
  ];
  return {
    outcome: 'answered',
    title: `Watching ${watchName(watch)} ${where}${countWords(covered, watch)}`,
    tone: covered.notUp > 0 || covered.missing.length > 0 ? 'warn' : 'good',
    blocks: [
      ...noticeBlocks({ ...covered, notes }),
      ...baselineBlocks(covered, watch),
      ...missingBlocks(covered),
      ...softBlocks(covered),
      { type: 'facts', facts },
    ],
    actions: watchActions(watch),
    data: { watch: plain(watch), ...coveredData(covered) },
  };
}

/** `: 312 phones, 3 of them not up` */
function countWords({ all, notUp, deviceClass }: Covered, { until }: Watch): string {
  if (all === null)
    return notUp === 0 ? ': none of it is down' : `: ${countedClass(notUp, deviceClass)} not up now`;
  if (all === 0) return '';
  const what = countedClass(all, deviceClass);
  if (all === 1) return until === 'back' ? '' : `: ${what}${notUp === 1 ? ', which is not up' : ', up'}`;
  return notUp === 0 ? `: ${what}, all up` : `: ${what}, ${count(notUp)} of them not up`;
}

function baselineBlocks({ notUp, all, known }: Covered, { until }: Watch): readonly Block[] {
  const blocks: Block[] = [];
  if (until === 'back')
    return [{ type: 'text', text: 'You hear of it when it is back, and the watch is over then.' }];
  if (notUp > 0) {
    const those = notUp === 1 ? 'That one is no news' : `Those ${count(notUp)} are no news`;
    blocks.push({
      type: 'text',
      text: `${those}: you hear of it when ${notUp === 1 ? 'it comes back and goes' : 'they come back and go'} again.`,
    });
  }
  if (all === null) {
    const names = known > 0 ? ` ${counted(known, 'device')} of the cluster are known by name.` : '';
    blocks.push({
      type: 'text',
      text: `How many it covers was not counted, for that means looking at all of them; watches says it later.${names}`,
    });
  }
  return blocks;
}

function missingBlocks({ missing }: Covered): readonly Block[] {
  if (missing.length === 0) return [];
  const shown = missing.slice(0, 10).join(', ');
  const more = missing.length > 10 ? `, and ${count(missing.length - 10)} more` : '';
  const it = missing.length === 1 ? 'it registers and goes' : 'one registers and goes';
  const text = `CUCM has no record of ${shown}${more}: mistyped, deleted or never registered. If ${it}, you hear of it.`;
  return [{ type: 'notice', tone: 'warn', text }];
}

function softBlocks({ softClients }: Covered): readonly Block[] {
  if (softClients === 0) return [];
  const are = softClients === 1 ? 'is' : 'are';
  const text = `${counted(softClients, 'soft client')} such as Jabber ${are} left out: not running is their usual state. Name them, or CSF*, to watch them.`;
  return [{ type: 'notice', tone: 'muted', text }];
}

function watchActions({ id, cluster }: Watch): readonly Action[] {
  return [
    { label: 'Unwatch', command: `unwatch ${id}${inName(cluster)}` },
    { label: 'Watches', command: 'watches' },
  ];
}

function plain({ room: _room, ...watch }: Watch) {
  return watch;
}

function coveredData({ all, notUp, softClients, missing, ...truth }: Covered): View['data'] {
  return { devices: all, notUp, softClients, missing, ...truthData(truth) };
}

/** The room has it already. */
export function sameWatchView(watch: Watch, now: number): View {
  return {
    outcome: 'answered',
    title: `Watched ${placeWords(watch.room)} already: ${watchName(watch)}`,
    tone: 'info',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Grace', value: graceWords(watch) },
          { label: 'Ends', value: endWords(watch, now) },
          { label: 'To change it', value: 'unwatch it, then watch it anew' },
        ],
      },
    ],
    actions: watchActions(watch),
    data: { watch: plain(watch), same: true },
  };
}

export interface NotWatched {
  readonly why: 'matches-nothing' | 'is-up' | 'too-many';
  readonly text: string;
  readonly cluster: string;
  /** What would watch it all the same. */
  readonly anyway: string;
  readonly covered: Covered;
  /** For `too-many`. */
  readonly most: number;
}

/** No watch was made, and why. */
export function notWatchedView(refused: NotWatched): View {
  const { why, covered, anyway } = refused;
  return {
    outcome: 'nothing',
    title: notWatchedTitle(refused),
    tone: why === 'is-up' ? 'good' : 'warn',
    blocks: [
      ...noticeBlocks(covered),
      ...softBlocks(covered),
      ...(why === 'too-many'
        ? [
            {
              type: 'text',
              text: 'Unwatch what nobody needs, or watch one pattern in place of many names.',
            } satisfies Block,
          ]
        : []),
    ],
    actions:
      why === 'matches-nothing'
        ? [{ label: 'Watch anyway', command: anyway }]
        : why === 'too-many'
          ? [{ label: 'Watches', command: 'watches all' }]
          : [],
    data: { notWatched: why, text: refused.text, cluster: refused.cluster, ...coveredData(covered) },
  };
}

function notWatchedTitle({ why, text, cluster, covered, most }: NotWatched): string {
  const what = watchText(text);
  switch (why) {
    case 'matches-nothing':
      return `Not watched: ${what} matches nothing in ${cluster} (0 devices)`;
    case 'is-up':
      return covered.all === 1
        ? `Not watched: ${what} is up`
        : `Not watched: all ${count(covered.all ?? 0)} of ${what} are up`;
    case 'too-many':
      return `Not watched: there are ${count(most)} watches already, which is as many as I keep`;
  }
}

/** `unwatch *`, before it is done. */
export function confirmUnwatchView(watches: readonly Watch[], command: string): View {
  return {
    outcome: 'answered',
    title: `Unwatch all ${counted(watches.length, 'watch', 'watches')} here?`,
    tone: 'warn',
    blocks: [{ type: 'list', items: listed(watches) }],
    actions: [{ label: 'Unwatch all', command, style: 'danger' }],
    data: { watches: watches.map(plain), confirm: true },
  };
}

export function unwatchedView(watches: readonly Watch[], notes: readonly string[]): View {
  const [only, ...others] = watches;
  const single = only !== undefined && others.length === 0 ? only : null;
  return {
    outcome: 'answered',
    title:
      single === null
        ? `${counted(watches.length, 'watch', 'watches')} ended`
        : `No longer watching ${watchName(single)}`,
    tone: 'muted',
    blocks: [
      ...notes.map((text): Block => ({ type: 'notice', tone: 'info', text })),
      ...(single === null ? [{ type: 'list', items: listed(watches) } satisfies Block] : []),
    ],
    actions:
      single === null
        ? []
        : [
            {
              label: 'Watch again',
              command: `watch ${single.text}${again(single)}${inName(single.cluster)}`,
            },
          ],
    data: { unwatched: watches.map(plain) },
  };
}

/** What made the watch what it was; a moment that has been agreed on is not agreed on again. */
function again({ graceMs, until, room }: Watch): string {
  const grace = graceMs === null ? '' : ` grace:${Math.round(graceMs / 1000)}s`;
  return `${grace}${until === 'back' ? ' until:back' : ''}${room.direct === true ? ' dm' : ''}`;
}

const MOST_LISTED = 10;

function listed(watches: readonly Watch[]): readonly string[] {
  const more = watches.length - MOST_LISTED;
  return [...watches.slice(0, MOST_LISTED).map(watchName), ...(more > 0 ? [`and ${count(more)} more`] : [])];
}
