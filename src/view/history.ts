/** What happened before, the latest first. */
import type { Known, Transition } from '../watch/known.ts';
import { noticeBlocks, readingBlocks, type Truth, truthData } from './answer.ts';
import { csvFile, type Rows } from './csv.ts';
import { PAGE_SIZE, pageActions, SUMMARY_FROM, topCounts } from './devices.ts';
import { isOfCti, transitionName } from './moves.ts';
import { shortReason } from './reason-words.ts';
import { asSubject, counted, duration, inName, joined, moment, shortened } from './text.ts';
import type { Action, Block, Page, Span, Text, Tone, View } from './view.ts';

export interface History {
  readonly cluster: string;
  /** The latest first. */
  readonly transitions: readonly Transition[];
  /** What is known now of the devices asked for. */
  readonly known: readonly Known[];
  /** Names asked for; null: of all devices. */
  readonly names: readonly string[] | null;
  /** How far back was looked. Milliseconds. */
  readonly sinceMs: number;
  /** True when there may be more than these. */
  readonly cut: boolean;
  readonly readAs: readonly string[];
  /** What finding the devices took; null when nothing was asked. */
  readonly truth: Truth | null;
  readonly notes: readonly string[];
  readonly command: string;
  readonly page: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function historyView(history: History): View {
  const { transitions, now, command, cut, truth, notes } = history;
  const rows = historyRows(transitions);
  const last = Math.max(1, Math.ceil(transitions.length / PAGE_SIZE));
  const page: Page = {
    number: Math.min(history.page, last),
    size: PAGE_SIZE,
    total: transitions.length,
    atLeast: cut,
  };
  const shown = transitions.slice((page.number - 1) * PAGE_SIZE, page.number * PAGE_SIZE);
  const none = transitions.length === 0;
  const many = transitions.length > SUMMARY_FROM && page.number === 1;
  return {
    outcome: none ? 'nothing' : 'answered',
    title: titleWords(history),
    blocks: [
      ...readingBlocks(history.readAs.filter((how) => !how.startsWith('device name'))),
      ...(truth === null ? [] : noticeBlocks({ ...truth, notes })),
      ...nowBlocks(history),
      ...(many ? [summaryBlock(transitions)] : []),
      ...(none ? [{ type: 'text', text: noneText(history) } satisfies Block] : [table(shown, page, history)]),
      ...(many ? [csvFile('history.csv', rows)] : []),
    ],
    actions: [
      ...pageActions(command, page),
      ...deviceActions(history),
      { label: 'Refresh', command: `${command} fresh:yes` },
    ],
    data: {
      cluster: history.cluster,
      readAs: history.readAs,
      since: new Date(now - history.sinceMs).toISOString(),
      transitions,
      known: history.known,
      ...(truth === null ? {} : truthData(truth)),
    },
    rows,
  };
}

function about({ names, cluster, transitions }: History): string {
  const [only, ...others] = names ?? [];
  if (names === null) return `in ${cluster}`;
  if (only !== undefined && others.length === 0) {
    const own = transitions.find(({ name }) => name === only);
    return `of ${transitionName(own ?? { name: only, description: '' })}`;
  }
  return `of ${counted(names.length, 'device')} in ${cluster}`;
}

const MINUTE = 60_000;

/** Seven days are not six because the answer took a second. */
function titleWords(history: History): string {
  const { transitions, sinceMs, cut } = history;
  const n = transitions.length;
  const changes = n === 0 ? 'No change' : `${cut ? 'The last ' : ''}${counted(n, 'change')}`;
  return `${changes} ${about(history)} in the last ${duration(Math.round(sinceMs / MINUTE) * MINUTE)}`;
}

/** What nobody watches is not remembered: that is no sign that nothing happened. */
function noneText({ known, names }: History): string {
  return names !== null && known.length === 0
    ? 'Only what is watched has a history, and this is not: watch it to have one from now on.'
    : 'Nothing that is watched has changed.';
}

function deviceActions({ names, cluster, known }: History): readonly Action[] {
  const [only, ...others] = names ?? [];
  if (only === undefined || others.length > 0) return [];
  const where = inName(cluster);
  return [
    { label: 'Details', command: `${asSubject(only)}${where}` },
    ...(known.length === 0 ? [{ label: 'Watch', command: `watch ${asSubject(only)}${where}` }] : []),
  ];
}

/** One device: how it is now, before what it was. */
function nowBlocks({ known, now, names }: History): readonly Block[] {
  const [only, ...others] = known;
  if (only === undefined || others.length > 0 || names?.length !== 1) return [];
  const { words, tone } = CONDITIONS[only.condition];
  const since = only.baseline ? ', since before it was watched' : ` for ${duration(now - only.since)}`;
  const text = [
    { text: 'Now: ' },
    { text: words, tone },
    { text: `${since}, ${only.condition === 'up' ? '' : 'last '}on ${only.row.node}` },
  ];
  return [{ type: 'text', text }];
}

const CONDITIONS: Readonly<Record<Known['condition'], { readonly words: string; readonly tone: Tone }>> = {
  up: { words: 'up', tone: 'good' },
  lost: { words: 'not registered', tone: 'bad' },
  expected: { words: 'not registered', tone: 'warn' },
  user: { words: 'switched off', tone: 'muted' },
  fault: { words: 'cannot register', tone: 'bad' },
  partial: { words: 'partly registered', tone: 'warn' },
  gone: { words: 'without a record', tone: 'muted' },
  unknown: { words: 'unknown', tone: 'muted' },
};

const KINDS: Readonly<Record<Transition['kind'], { readonly words: string; readonly tone: Tone }>> = {
  lost: { words: 'Lost', tone: 'bad' },
  expected: { words: 'Restarting', tone: 'warn' },
  user: { words: 'Switched off', tone: 'muted' },
  fault: { words: 'Fault', tone: 'bad' },
  partial: { words: 'Partly', tone: 'warn' },
  gone: { words: 'No record', tone: 'muted' },
  unknown: { words: 'Unknown', tone: 'muted' },
  back: { words: 'Back', tone: 'good' },
  moved: { words: 'Moved', tone: 'info' },
  home: { words: 'Home again', tone: 'info' },
};

function table(shown: readonly Transition[], page: Page, { names, now }: History): Block {
  const one = names?.length === 1;
  return {
    type: 'table',
    columns: [
      { label: 'When' },
      { label: 'Ago', align: 'right', yields: 3 },
      ...(one ? [] : [{ label: 'Device' }]),
      { label: 'What' },
      { label: 'Node', yields: 1 },
      { label: 'Why', yields: 2 },
    ],
    rows: shown.map((transition): readonly Text[] => [
      moment(transition.at),
      duration(now - transition.at),
      ...(one ? [] : [transitionName(transition)]),
      [kindSpan(transition)],
      nodeWords(transition),
      whyWords(transition),
    ]),
    page,
  };
}

function kindSpan({ kind, awayMs }: Transition): Span {
  const { words, tone } = KINDS[kind];
  return { text: kind === 'back' && awayMs !== null ? `${words} after ${duration(awayMs)}` : words, tone };
}

function nodeWords({ from, to }: Transition): string {
  if (from === null || to === null || from === to) return to ?? from ?? '';
  return `${from} → ${to}`;
}

function whyWords(transition: Transition): string {
  const { kind, statusReason, gapMs } = transition;
  const code = statusReason ?? 0;
  const isDown = kind === 'lost' || kind === 'expected' || kind === 'user' || kind === 'fault';
  const reason = isDown && code !== 0 && !isOfCti(transition) ? shortReason(code) : '';
  const gap = gapMs > 0 ? `seen ${duration(gapMs)} late at the most` : '';
  return joined(
    [reason, gap].filter((part) => part !== ''),
    '·',
  ).replace(' · ', '; ');
}

function summaryBlock(transitions: readonly Transition[]): Block {
  return {
    type: 'facts',
    facts: [
      { label: 'By kind', value: topCounts(transitions.map(({ kind }) => KINDS[kind].words)) },
      { label: 'By node', value: topCounts(transitions.map(({ from, to }) => from ?? to ?? 'no node')) },
      {
        label: 'By device',
        value: topCounts(
          transitions.map(({ name }) => shortened(name, 60)),
          3,
        ),
      },
    ],
  };
}

function historyRows(transitions: readonly Transition[]): Rows {
  return {
    columns: [
      'at',
      'name',
      'kind',
      'because',
      'reason',
      'from',
      'to',
      'awaySeconds',
      'gapSeconds',
      'description',
    ],
    cells: transitions.map((one) => [
      new Date(one.at).toISOString(),
      one.name,
      one.kind,
      one.because,
      one.statusReason === null ? '' : String(one.statusReason),
      one.from ?? '',
      one.to ?? '',
      one.awayMs === null ? '' : String(Math.round(one.awayMs / 1000)),
      String(Math.round(one.gapMs / 1000)),
      one.description,
    ]),
  };
}
