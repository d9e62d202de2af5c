/** One device, whole. */
import ipaddr from 'ipaddr.js';
import type { Device } from '../device/device.ts';
import { MODELS } from '../device/models.ts';
import { PRODUCTS } from '../device/products.ts';
import { STATUS_REASONS } from '../device/reasons.ts';
import {
  type Answer,
  answerData,
  blindNames,
  type Found,
  noticeBlocks,
  readingBlocks,
  refresh,
} from './answer.ts';
import { deviceRows } from './csv.ts';
import {
  addressesOf,
  asSubject,
  counted,
  duration,
  joined,
  moment,
  numbersOf,
  shortened,
  statusSpan,
  statusTone,
  statusWords,
} from './text.ts';
import type { Action, Block, Fact, Span, Text, Tone, View } from './view.ts';

/** A card has room for that many lines; `lines` shows them all. */
const MOST_LINES = 12;

/** The card of a single device. */
export function deviceCard(answer: Answer, { device, older }: Found): View {
  const name = asSubject(device.name);
  const blocks: Block[] = [
    ...readingBlocks(answer.readAs.filter((how) => !how.startsWith('device name'))),
    ...noticeBlocks(answer),
    { type: 'facts', facts: facts(device, answer) },
    ...olderBlocks(older, answer.now),
  ];
  return {
    outcome: 'answered',
    ...headOf(device, answer),
    blocks,
    actions: [
      refresh(answer.command),
      ...(hasReason(device) ? [{ label: 'Why', command: `why ${name}${answer.inCluster}` }] : []),
      ...(numbersOf(device).length > 0
        ? [{ label: 'Lines', command: `lines ${name}${answer.inCluster}` }]
        : []),
      ...(answer.keepsWatch ? watchActions(device, answer.inCluster) : []),
    ],
    data: answerData(answer),
    rows: deviceRows([{ device, older }]),
  };
}

/** Whoever looks at a lost phone wants to know when it is back. */
function watchActions({ name, status }: Device, inCluster: string): readonly Action[] {
  const subject = asSubject(name);
  const isLost = status === 'UnRegistered' || status === 'Rejected';
  return [
    ...(isLost
      ? [{ label: 'Tell me when it is back', command: `watch ${subject} until:back dm${inCluster}` }]
      : []),
    { label: 'Watch', command: `watch ${subject}${inCluster}` },
    { label: 'History', command: `history ${subject}${inCluster}` },
  ];
}

/**
 * Title and tone of a device. What a node says of a phone it does not have says nothing while another node, which may
 * have it, does not answer.
 */
export function headOf(device: Device, { now, nodes }: Answer): { title: string; tone: Tone } {
  const blind = blindNames(nodes);
  const isHere = device.status === 'Registered' || device.status === 'PartiallyRegistered';
  if (isHere || blind.length === 0) {
    return { title: deviceTitle(device, now), tone: statusTone(device.status) };
  }
  const state =
    device.status === 'UnRegistered'
      ? absence(device, now)
      : `is ${statusWords(device.status).toLowerCase()}${sinceText(device, now)}`;
  const cannot = `Cannot tell about ${shortened(device.name)}: ${joined(blind)} did not answer`;
  return { title: `${cannot}, and on ${device.node} it ${state}`, tone: 'warn' };
}

function absence(device: Device, now: number): string {
  const long = sinceText(device, now);
  return long === '' ? 'is not registered' : `has not been registered${long}`;
}

function sinceText(device: Device, now: number): string {
  const since = sinceMs(device);
  return since === null ? '' : ` for ${duration(now - since)}`;
}

/** "SEP001122334455 is Registered on cucm2", and since when it is not. */
function deviceTitle(device: Device, now: number): string {
  const name = shortened(device.name);
  if (device.status === 'Registered') return `${name} is Registered on ${device.node}`;
  if (device.status === 'UnRegistered') return `${name} ${absence(device, now)}, last on ${device.node}`;
  const long = sinceText(device, now);
  if (device.status === 'Unknown') return `${name}: state unknown on ${device.node}${long}`;
  // English minds whether a length of time follows.
  const is = long === '' ? 'is' : 'has been';
  return `${name} ${is} ${statusWords(device.status).toLowerCase()} on ${device.node}${long}`;
}

/** What is registered and always was has nothing to explain. */
function hasReason({ status, statusReason }: Device): boolean {
  return status !== 'Registered' || (statusReason ?? 0) !== 0;
}

/** Epoch milliseconds of the last change, null when CUCM does not say. */
export function sinceMs(device: Device): number | null {
  return device.timeStamp === null || device.timeStamp <= 0 ? null : device.timeStamp * 1000;
}

function facts(device: Device, { cluster, oneOfSeveral, now }: Answer): readonly Fact[] {
  const wanted: readonly (readonly [label: string, value: Text | null])[] = [
    ['State', [{ ...statusSpan(device.status), style: 'strong' }]],
    ['Since', sinceWords(device, now)],
    ['Node', oneOfSeveral ? `${device.node} of ${cluster}` : device.node],
    ['Address', addressText(device)],
    ['Description', shortened(device.description)],
    ['Model', modelWords(device)],
    ['Numbers', numberText(device)],
    ['User', shortened(device.loginUserId)],
    ['Protocol', device.protocol === 'Any' || device.protocol === 'Unknown' ? '' : device.protocol],
    ['Firmware', loadWords(device)],
    ['Download', downloadWords(device)],
    ...reasonFacts(device),
  ];
  return wanted.flatMap(([label, value]) => (value === null || value.length === 0 ? [] : [{ label, value }]));
}

export function sinceWords(device: Device, now: number): string {
  const since = sinceMs(device);
  return since === null ? '' : `${moment(since)} (${duration(now - since)})`;
}

/** Addresses, linked to the phone's own page when it says that it has one. */
export function addressText(device: Device): readonly Span[] {
  return addressesOf(device).flatMap((ip, i): Span[] => {
    const gap: Span[] = i === 0 ? [] : [{ text: ', ' }];
    const href = device.httpd === 'Yes' ? pageOf(ip) : null;
    return [...gap, href === null ? { text: shortened(ip) } : { text: ip, href }];
  });
}

function pageOf(ip: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) return `http://${ip}/`;
  return ipaddr.IPv6.isValid(ip) && !ip.includes('%') ? `http://[${ip}]/` : null;
}

function modelWords(device: Device): string {
  const model = device.model === null ? '' : (MODELS.get(device.model) ?? `model ${device.model}`);
  const product =
    device.product === null ? '' : (PRODUCTS.get(device.product) ?? `product ${device.product}`);
  if (model === '' || product === '' || model === product) return model === '' ? product : model;
  return `${model} (${product})`;
}

function numberText(device: Device): Text {
  const { linesStatus } = device;
  if (linesStatus.length === 0) return shortened(numbersOf(device).join(', '));
  const shown = linesStatus.slice(0, MOST_LINES).flatMap((line, i): Span[] => {
    const before = i === 0 ? '' : ', ';
    const state = { text: statusWords(line.status).toLowerCase(), tone: statusTone(line.status) };
    return [{ text: `${before}${shortened(line.directoryNumber)} ` }, state];
  });
  const more = linesStatus.length - MOST_LINES;
  return more > 0 ? [...shown, { text: `, and ${counted(more, 'line')} more` }] : shown;
}

function loadWords(device: Device): string {
  const { activeLoadId, inactiveLoadId } = device;
  return shortened(inactiveLoadId === '' ? activeLoadId : `${activeLoadId} (other: ${inactiveLoadId})`);
}

function downloadWords(device: Device): string {
  const { downloadStatus, downloadFailureReason, downloadServer } = device;
  if (downloadStatus === '' || downloadStatus === 'Unknown' || downloadStatus === 'Any') return '';
  const from = downloadServer === '' ? '' : ` from ${downloadServer}`;
  const why = downloadFailureReason === '' ? '' : `: ${downloadFailureReason}`;
  return shortened(`${downloadStatus}${from}${why}`);
}

function reasonFacts(device: Device): readonly (readonly [string, string])[] {
  // 0 says nothing, whatever the status: SIP trunks report it always.
  if (device.statusReason === null || device.statusReason === 0) return [];
  const reason = STATUS_REASONS.get(device.statusReason);
  const label = device.status === 'Registered' ? 'Last reason' : 'Reason';
  if (reason === undefined) return [[label, `code ${device.statusReason}, which I do not know`]];
  const next = device.status === 'Registered' ? [] : ([['Next step', reason.nextStep]] as const);
  return [[label, `${reason.cause} (${reason.name}, ${reason.code})`], ...next];
}

/** A phone leaves a row on each node it has been on; people take the old ones for outages. */
export function olderBlocks(older: readonly Device[], now: number): readonly Block[] {
  if (older.length === 0) return [];
  const items = older.map((row): Text => {
    const since = sinceMs(row);
    const ago = since === null ? '' : `, ${duration(now - since)} ago`;
    return [
      { text: `${row.node}: ` },
      { text: statusWords(row.status).toLowerCase(), tone: 'muted' },
      { text: ago },
    ];
  });
  return [
    { type: 'text', text: 'Other nodes still hold an old row, which does not count:' },
    { type: 'list', items },
  ];
}
