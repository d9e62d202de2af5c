/** A cluster in numbers. */
import { type Answer, answerData, noticeBlocks, readingBlocks, refresh, whereSeen } from './answer.ts';
import { deviceRows } from './csv.ts';
import { tally, topCounts } from './devices.ts';
import { classWords, count, counted } from './text.ts';
import type { Block, View } from './view.ts';

const STATES = ['Registered', 'UnRegistered', 'Rejected', 'PartiallyRegistered'] as const;

/** Counts by class and state, and by node. Devices are counted once, by their newest row. */
export function summaryView(answer: Answer): View {
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
    blocks: [...head, ...counts],
    actions: [{ label: 'What is down', command: `down${answer.inCluster}` }, refresh(answer.command)],
    data: {
      ...rest,
      total: devices.length,
      byClass: Object.fromEntries(tally(devices.map((device) => device.deviceClass))),
      byStatus: Object.fromEntries(tally(devices.map((device) => device.status))),
      byNode: Object.fromEntries(tally(devices.map((device) => device.node))),
    },
    rows: deviceRows(answer.found),
  };
}

function byClass(answer: Answer): Block {
  const devices = answer.found.map(({ device }) => device);
  return {
    type: 'table',
    columns: [
      { label: 'Class' },
      ...['All', 'Registered', 'Not registered', 'Rejected', 'Partly', 'Other'].map((label) => ({
        label,
        align: 'right' as const,
      })),
    ],
    rows: tally(devices.map((device) => device.deviceClass)).map(([deviceClass, total]) => {
      const own = devices.filter((device) => device.deviceClass === deviceClass);
      const states = STATES.map((state) => own.filter((device) => device.status === state).length);
      const other = total - states.reduce((sum, n) => sum + n, 0);
      return [classWords(deviceClass), ...[total, ...states, other].map(count)];
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
