/** A cluster in numbers. */
import type { Device } from '../device/device.ts';
import { type Answer, answerData, noticeBlocks, readingBlocks, refresh, whereSeen } from './answer.ts';
import { deviceRows } from './csv.ts';
import { tally, topCounts } from './devices.ts';
import { classWords, count, counted } from './text.ts';
import type { Block, View } from './view.ts';

/** Columns of states; the rare ones are left out where no device is in them. */
const STATES = [
  { label: 'Registered', status: 'Registered', rare: false },
  { label: 'Not registered', status: 'UnRegistered', rare: false },
  { label: 'Rejected', status: 'Rejected', rare: true },
  { label: 'Partly', status: 'PartiallyRegistered', rare: true },
  // Also what a newer CUCM may invent.
  { label: 'Unknown', status: null, rare: true },
] as const;

const NAMED: ReadonlySet<string | null> = new Set(STATES.map(({ status }) => status));

function countIn(status: string | null, devices: readonly Device[]): number {
  return devices.filter((device) => (status === null ? !NAMED.has(device.status) : device.status === status))
    .length;
}

/**
 * Counts by class and state, and by node. Devices are counted once, by their newest row. `softClients` of those that are
 * not registered merely do not run.
 */
export function summaryView(answer: Answer, softClients: number): View {
  const devices = answer.found.map(({ device }) => device);
  const up = devices.filter((device) => device.status === 'Registered').length;
  const most = answer.complete ? '' : 'At least ';
  const where = `${answer.cluster}${whereSeen(answer.nodes)}`;
  const title = `${most}${counted(devices.length, 'device')} in ${where}, ${count(up)} registered`;
  const { devices: _rows, otherRows: _old, ...rest } = answerData(answer);
  const head: readonly Block[] = [...readingBlocks(answer.readAs), ...noticeBlocks(answer)];
  const counts: readonly Block[] = devices.length === 0 ? [] : [byClass(answer), byNode(answer)];
  return {
    outcome: devices.length === 0 ? 'nothing' : 'answered',
    title: devices.length === 0 ? `No devices in ${where} that could be counted` : title,
    blocks: [...head, ...counts, ...idleBlocks(softClients)],
    actions: [
      // The same devices: what narrowed the summary narrows this, too.
      { label: 'What is down', command: answer.command.replace(/^\S+/, 'down') },
      refresh(answer.command),
    ],
    data: {
      ...rest,
      total: devices.length,
      byClass: Object.fromEntries(tally(devices.map((device) => device.deviceClass))),
      byStatus: Object.fromEntries(tally(devices.map((device) => device.status))),
      softClients,
      byNode: Object.fromEntries(tally(devices.map((device) => device.node))),
    },
    rows: deviceRows(answer.found),
  };
}

/** Why more are not registered than `down` counts. */
function idleBlocks(softClients: number): readonly Block[] {
  if (softClients === 0) return [];
  const text = `Not registered includes ${counted(softClients, 'soft client')} such as Jabber, not running: down leaves them out.`;
  return [{ type: 'notice', tone: 'muted', text }];
}

function byClass(answer: Answer): Block {
  const devices = answer.found.map(({ device }) => device);
  const shown = STATES.filter(({ rare, status }) => !rare || countIn(status, devices) > 0);
  return {
    type: 'table',
    columns: ['Class', 'All', ...shown.map(({ label }) => label)].map((label, at) =>
      at === 0 ? { label } : { label, align: 'right' },
    ),
    rows: tally(devices.map((device) => device.deviceClass)).map(([deviceClass, total]) => {
      const own = devices.filter((device) => device.deviceClass === deviceClass);
      const counts = shown.map(({ status }) => countIn(status, own));
      return [classWords(deviceClass), ...[total, ...counts].map(count)];
    }),
  };
}

function byNode(answer: Answer): Block {
  const nodes = tally(answer.found.map(({ device }) => device.node)).map(([node]) => node);
  return {
    type: 'facts',
    facts: nodes.slice(0, 20).map((node) => {
      const own = answer.found.filter(({ device }) => device.node === node);
      const states = topCounts(own.map(({ device }) => stateWord(device.status)));
      return { label: node === '' ? 'no node' : node, value: `${counted(own.length, 'device')}: ${states}` };
    }),
  };
}

function stateWord(status: string): string {
  if (status === 'UnRegistered') return 'not registered';
  if (status === 'PartiallyRegistered') return 'partly registered';
  return status === '' ? 'unknown' : status.toLowerCase();
}
