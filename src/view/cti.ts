/** CTI applications, and the devices and lines they control. */
import type { CtiItem } from '../device/cti.ts';
import { noticeBlocks, readingBlocks, refresh, type Truth, truthData, whereSeen } from './answer.ts';
import type { Rows } from './csv.ts';
import { PAGE_SIZE, pageActions } from './devices.ts';
import { counted, duration, joined, shortened, statusSpan } from './text.ts';
import type { Block, Column, Page, Text, View } from './view.ts';

export interface CtiAnswer extends Truth {
  readonly cluster: string;
  readonly command: string;
  readonly inCluster: string;
  readonly readAs: readonly string[];
  /** As typed; none for all applications. */
  readonly wanted: readonly string[];
  readonly items: readonly CtiItem[];
  readonly page: number;
  readonly notes: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A table of who controls what, open or closed. */
export function ctiView(answer: CtiAnswer): View {
  const { items } = answer;
  const data = { cluster: answer.cluster, readAs: answer.readAs, ctiItems: items, ...truthData(answer) };
  const head: readonly Block[] = [...readingBlocks(answer.readAs), ...noticeBlocks(answer)];
  if (items.length === 0) {
    const title = nothingTitle(answer);
    const all =
      answer.wanted.length > 0 ? [{ label: 'All applications', command: `cti${answer.inCluster}` }] : [];
    return {
      outcome: 'nothing',
      title,
      tone: 'muted',
      blocks: head,
      actions: [...all, refresh(answer.command)],
      data,
    };
  }
  // What is not open is what people look for.
  const shown = telling(items).toSorted((a, b) => Number(isOpen(a)) - Number(isOpen(b)));
  const number = Math.min(answer.page, Math.ceil(shown.length / PAGE_SIZE));
  const page: Page = { number, size: PAGE_SIZE, total: shown.length, atLeast: !answer.complete };
  return {
    outcome: 'answered',
    title: title(answer),
    blocks: [...head, table(shown, page, answer.now)],
    actions: [...pageActions(answer.command, page), refresh(answer.command)],
    data,
    rows: ctiRows(items),
  };
}

function nothingTitle(answer: CtiAnswer): string {
  const where = whereSeen(answer.nodes);
  if (answer.wanted.length === 0) return `No CTI application is known in ${answer.cluster}${where}`;
  const wanted = joined(
    answer.wanted.slice(0, 3).map((word) => shortened(word, 60)),
    'or',
  );
  return `No CTI application has to do with ${wanted} in ${answer.cluster}${where}`;
}

function isOpen({ appStatus, ctiDevice, ctiLine }: CtiItem): boolean {
  return [appStatus, ctiDevice?.deviceStatus, ctiLine?.lineStatus].every(
    (status) => status === undefined || status === 'Open',
  );
}

function title(answer: CtiAnswer): string {
  const apps = new Set(answer.items.map((item) => item.appId)).size;
  const devices = new Set(answer.items.flatMap((item) => item.ctiDevice?.deviceName || [])).size;
  const lines = new Set(answer.items.flatMap((item) => item.ctiLine?.dirNumber || [])).size;
  const parts = [
    counted(apps, 'CTI application'),
    ...(devices > 0 ? [counted(devices, 'device')] : []),
    ...(lines > 0 ? [counted(lines, 'line')] : []),
  ];
  return `${answer.complete ? '' : 'At least '}${joined(parts)} in ${answer.cluster}${whereSeen(answer.nodes)}`;
}

/** An application's own row says nothing that the rows of its devices do not, nor a device's what its lines do. */
function telling(items: readonly CtiItem[]): readonly CtiItem[] {
  const key = (item: CtiItem, device: string) => JSON.stringify([item.node, item.appId, device]);
  const withDevice = new Set(items.filter((item) => item.ctiDevice !== null).map((item) => key(item, '')));
  const withLine = new Set(
    items.filter((item) => item.ctiLine !== null).map((item) => key(item, item.ctiDevice?.deviceName ?? '')),
  );
  return items.filter((item) => {
    if (item.ctiLine !== null) return true;
    if (item.ctiDevice !== null) return !withLine.has(key(item, item.ctiDevice.deviceName));
    return !withDevice.has(key(item, '')) && !withLine.has(key(item, ''));
  });
}

const COLUMNS: readonly Column[] = [
  { label: 'Application' },
  { label: 'User', yields: 3 },
  { label: 'State' },
  { label: 'Device' },
  { label: 'Line' },
  { label: 'For', align: 'right', yields: 1 },
  { label: 'Node', yields: 2 },
];

function table(items: readonly CtiItem[], page: Page, now: number): Block {
  const start = (page.number - 1) * page.size;
  const rows = items.slice(start, start + page.size).map((item) => row(item, now));
  // Applications alone have neither devices nor lines.
  const filled = COLUMNS.map((_, at) => rows.some((cells) => cells[at] !== ''));
  return {
    type: 'table',
    columns: COLUMNS.filter((_, at) => filled[at]),
    rows: rows.map((cells) => cells.filter((_, at) => filled[at])),
    page,
  };
}

function row(item: CtiItem, now: number): readonly Text[] {
  const since = item.ctiLine?.lineTimeStamp ?? item.ctiDevice?.deviceTimeStamp ?? item.appTimeStamp;
  return [
    shortened(item.appId, 60),
    shortened(item.userId, 60),
    [statusSpan(item.appStatus)],
    item.ctiDevice === null ? '' : withState(item.ctiDevice.deviceName, item.ctiDevice.deviceStatus),
    item.ctiLine === null ? '' : withState(item.ctiLine.dirNumber, item.ctiLine.lineStatus),
    since === null || since <= 0 ? '' : duration(now - since * 1000),
    item.node,
  ];
}

function withState(name: string, status: string): Text {
  return name === '' ? '' : [{ text: `${shortened(name, 60)} ` }, statusSpan(status)];
}

function ctiRows(items: readonly CtiItem[]): Rows {
  return {
    columns: [
      'appId',
      'userId',
      'appAddress',
      'appStatus',
      'device',
      'deviceStatus',
      'line',
      'lineStatus',
      'node',
    ],
    cells: items.map((item) => [
      item.appId,
      item.userId,
      item.appIpAddr === '' ? item.appIpv6Addr : item.appIpAddr,
      item.appStatus,
      item.ctiDevice?.deviceName ?? '',
      item.ctiDevice?.deviceStatus ?? '',
      item.ctiLine?.dirNumber ?? '',
      item.ctiLine?.lineStatus ?? '',
      item.node,
    ]),
  };
}
