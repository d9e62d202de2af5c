/** What is not registered: by node, by reason, and one by one. */
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
import { deviceTable, topCounts } from './devices.ts';
import { counted, joined } from './text.ts';
import type { Block, View } from './view.ts';

/** The devices of the answer are those that are down; `softClients` more are soft clients that merely do not run. */
export function downView(answer: Answer, softClients: number): View {
  const found = answer.found.toSorted(byNodeAndReason);
  const sorted = { ...answer, found };
  const data = { ...answerData(sorted), softClients };
  const blind = blindNames(answer.nodes);
  if (found.length === 0) return allWell(sorted, softClients, data);
  const table = deviceTable(sorted, {
    what: `${found.length === 1 ? 'is' : 'are'} not registered`,
    before: [...unsure(blind), ...groups(found), ...softBlocks(softClients)],
    fileName: 'down.csv',
  });
  return { ...table, tone: blind.length > 0 ? 'warn' : 'bad', data };
}

function allWell(answer: Answer, softClients: number, data: View['data']): View {
  const sure = blindNames(answer.nodes).length === 0 && answer.complete;
  const what = answer.readAs.length > 0 ? 'Nothing of that is down' : 'Nothing is down';
  return {
    outcome: 'answered',
    title: `${what} in ${answer.cluster}${sure ? '' : ', as far as could be seen'}`,
    tone: sure ? 'good' : 'warn',
    blocks: [...readingBlocks(answer.readAs), ...noticeBlocks(answer), ...softBlocks(softClients)],
    actions: [refresh(answer.command)],
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

function groups(found: readonly Found[]): readonly Block[] {
  if (found.length < 2) return [];
  return [
    {
      type: 'facts',
      facts: [
        { label: 'By node', value: topCounts(found.map(({ device }) => device.node)) },
        { label: 'By reason', value: topCounts(found.map(reasonWords)) },
      ],
    },
  ];
}

export function reasonWords({ device }: Found): string {
  const code = device.statusReason ?? 0;
  if (code === 0) return 'none given';
  return STATUS_REASONS.get(code)?.name ?? `code ${code}`;
}

function softBlocks(softClients: number): readonly Block[] {
  if (softClients === 0) return [];
  const are = softClients === 1 ? 'is' : 'are';
  const text = `${counted(softClients, 'soft client')} (CSF, TCT, BOT, TAB) ${are} not running, and not counted as down.`;
  return [{ type: 'notice', tone: 'muted', text }];
}

function byNodeAndReason(a: Found, b: Found): number {
  return (
    a.device.node.localeCompare(b.device.node) ||
    (a.device.statusReason ?? 0) - (b.device.statusReason ?? 0) ||
    a.device.name.localeCompare(b.device.name)
  );
}
