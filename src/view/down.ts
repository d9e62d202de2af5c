/** What is not registered: since when, by node, by reason, and one by one. */
import type { Device } from '../device/device.ts';
import {
  type Answer,
  answerData,
  blindNames,
  type Found,
  isSure,
  noticeBlocks,
  readingBlocks,
  refresh,
} from './answer.ts';
import { sinceMs } from './card.ts';
import { DETAILS, type DeviceColumn, NAME, NODE, SINCE } from './columns.ts';
import { deviceRows } from './csv.ts';
import { deviceTable, topCounts } from './devices.ts';
import { shortReason } from './reason-words.ts';
import { counted, joined, statusTone, statusWords } from './text.ts';
import type { Action, Block, View } from './view.ts';

/** The devices of the answer are those that are down; `softClients` more are soft clients that merely do not run. */
export function downView(answer: Answer, softClients: number): View {
  const found = answer.found.toSorted(newestFirst);
  const sorted = { ...answer, found };
  const data = { ...answerData(sorted), softClients };
  const blind = blindNames(answer.nodes);
  if (found.length === 0) return allWell(sorted, softClients, data);
  const table = deviceTable(sorted, {
    what: `${found.length === 1 ? 'is' : 'are'} not registered`,
    before: [...unsure(blind), ...groups(sorted), ...softBlocks(softClients)],
    fileName: 'down.csv',
    columns: COLUMNS,
    actions: softActions(answer, softClients),
    summed: false,
  });
  return { ...table, tone: blind.length > 0 ? 'warn' : 'bad', data };
}

/** All of them are down, so that the reason says more than the state. */
const COLUMNS: readonly DeviceColumn[] = [
  NAME,
  SINCE,
  NODE,
  {
    label: 'Reason',
    yields: 1,
    cell: (device) => [{ text: reasonWords(device), tone: statusTone(device.status) }],
  },
  ...DETAILS,
];

function allWell(answer: Answer, softClients: number, data: View['data']): View {
  const sure = isSure(answer);
  const what = answer.readAs.length > 0 ? 'Nothing of that is down' : 'Nothing is down';
  return {
    outcome: 'answered',
    title: `${what} in ${answer.cluster}${sure ? '' : ', as far as could be seen'}`,
    tone: sure ? 'good' : 'warn',
    blocks: [...readingBlocks(answer.readAs), ...noticeBlocks(answer), ...softBlocks(softClients)],
    actions: [...softActions(answer, softClients), refresh(answer.command)],
    data,
    rows: deviceRows([]),
  };
}

/** A phone whose old row is here may well be registered on the node that cannot be seen. */
function unsure(blind: readonly string[]): readonly Block[] {
  if (blind.length === 0) return [];
  const text = `Some of these may be registered on ${joined(blind, 'or')}, which could not be asked.`;
  return [{ type: 'notice', tone: 'warn', text }];
}

function groups({ found, now }: Answer): readonly Block[] {
  if (found.length < 2) return [];
  const devices = found.map(({ device }) => device);
  return [
    {
      type: 'facts',
      facts: [
        { label: 'Lost', value: ageWords(devices, now) },
        { label: 'By node', value: topCounts(devices.map((device) => device.node)) },
        { label: 'By reason', value: topCounts(devices.map(reasonWords)) },
      ],
    },
  ];
}

const HOUR = 3_600_000;

/** What has just happened stands out from what has been so for weeks. */
function ageWords(devices: readonly Device[], now: number): string {
  const ages = devices.map((device) => now - (sinceMs(device) ?? 0));
  const steps = [
    ['in the last hour', 0, HOUR],
    ['in the last day', HOUR, 24 * HOUR],
    ['more than a day ago', 24 * HOUR, Number.POSITIVE_INFINITY],
  ] as const;
  return steps
    .map(([words, from, to]) => [words, ages.filter((age) => age < to && (age >= from || from === 0)).length])
    .filter(([, n]) => n !== 0)
    .map(([words, n]) => `${words} (${n})`)
    .join(', ');
}

/** The reason, after the state when that is not simply down: `rejected: config mismatch`. */
function reasonWords(device: Device): string {
  const code = device.statusReason ?? 0;
  if (device.status === 'UnRegistered') return shortReason(code);
  const state = statusWords(device.status).toLowerCase();
  return code === 0 ? state : `${state}: ${shortReason(code)}`;
}

function softBlocks(softClients: number): readonly Block[] {
  if (softClients === 0) return [];
  const are = softClients === 1 ? 'is' : 'are';
  const text = `${counted(softClients, 'soft client')} such as Jabber ${are} not running, and not counted as down.`;
  return [{ type: 'notice', tone: 'muted', text }];
}

/** They are left out only where no name was asked for, so that their names can narrow the question. */
function softActions(answer: Answer, softClients: number): readonly Action[] {
  if (softClients === 0) return [];
  return [{ label: 'Soft clients', command: `${answer.command} name:CSF*,TCT*,BOT*,TAB*` }];
}

/** What has just been lost comes first; what was lost together stands together. */
function newestFirst({ device: a }: Found, { device: b }: Found): number {
  return (
    (b.timeStamp ?? 0) - (a.timeStamp ?? 0) ||
    a.node.localeCompare(b.node) ||
    (a.statusReason ?? 0) - (b.statusReason ?? 0) ||
    a.name.localeCompare(b.name)
  );
}
