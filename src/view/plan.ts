/** What is asked of a cluster without anybody asking, how often, and how soon a loss is seen. */
import type { Query } from '../device/query.ts';
import type { PlanReport } from '../watch/desk.ts';
import { classWords, count, counted, duration, shortened } from './text.ts';
import type { Block, Fact, Text, View } from './view.ts';

export interface PlanOptions {
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One cluster's plan, whole. */
export function planView(report: PlanReport, { now }: PlanOptions): View {
  const { cluster, standing, lossSeenMs } = report;
  const none = standing.length === 0;
  return {
    outcome: none ? 'nothing' : 'answered',
    title: none
      ? `Nothing of ${cluster} is watched`
      : `${cluster}: ${counted(standing.length, 'standing query', 'standing queries')}, ${lossWords(lossSeenMs)}`,
    tone: standing.some(({ trouble }) => trouble !== null) ? 'warn' : none ? 'muted' : 'good',
    blocks: none
      ? []
      : [...troubleBlocks(report), { type: 'facts', facts: planFacts(report, now) }, table(report, now)],
    actions: [],
    data: { plan: report },
    rows: {
      columns: ['role', 'asks', 'everySeconds', 'reason', 'rows', 'lastAskedAt', 'trouble'],
      cells: standing.map((one) => [
        one.role,
        queryWords(one.query),
        String(one.everyMs / 1000),
        one.reason,
        one.rows === null ? '' : String(one.rows),
        one.lastAskedAt === null ? '' : new Date(one.lastAskedAt).toISOString(),
        one.trouble ?? '',
      ]),
    },
  };
}

function lossWords(lossSeenMs: number | null): string {
  return lossSeenMs === null ? 'nothing is seen yet' : `95 % of losses seen within ${duration(lossSeenMs)}`;
}

function planFacts(
  { devices, requestsPerMinute, allowance, audit }: PlanReport,
  now: number,
): readonly Fact[] {
  const walked =
    audit === null
      ? 'not needed'
      : `${audit.requests === 0 ? 'one request' : `${counted(audit.requests, 'request')}, one`} every ${duration(audit.everyMs)}${audit.lastAt === null ? '' : `, the last ${duration(now - audit.lastAt)} ago`}`;
  return [
    { label: 'Devices known', value: count(devices) },
    {
      label: 'Requests',
      value: `${rate(requestsPerMinute)} of ${count(allowance)} a minute when it is quiet`,
    },
    { label: 'Walk through all', value: walked },
  ];
}

const rate = (requests: number) => String(Math.round(requests * 10) / 10);

function troubleBlocks({ standing }: PlanReport): readonly Block[] {
  const troubles = new Set(standing.flatMap(({ trouble }) => trouble ?? []));
  return [...troubles].slice(0, 5).map(
    (trouble): Block => ({
      type: 'notice',
      tone: 'warn',
      text: `Not asked at the moment: ${shortened(trouble)}.`,
    }),
  );
}

/** More are in the rows alone. */
const MOST_SHOWN = 30;

function table({ standing }: PlanReport, now: number): Block {
  return {
    type: 'table',
    columns: [
      { label: 'Asks for' },
      { label: 'Every', align: 'right' },
      { label: 'Rows', align: 'right', yields: 1 },
      { label: 'Asked', yields: 2 },
      { label: 'Why so often', yields: 3 },
    ],
    rows: standing
      .slice(0, MOST_SHOWN)
      .map((one): readonly Text[] => [
        queryWords(one.query),
        duration(one.everyMs),
        one.rows === null ? '' : count(one.rows),
        one.lastAskedAt === null ? 'not yet' : `${duration(now - one.lastAskedAt)} ago`,
        one.reason.replaceAll('-', ' '),
      ]),
  };
}

/** `phones, UnRegistered`, `120 names`, `CTI providers` */
export function queryWords(query: Query): string {
  if (query.operation === 'selectCtiItem') {
    const { appItems, devNames, dirNumbers, ctiMgrClass } = query;
    const items = [...appItems, ...devNames, ...dirNumbers].filter((item) => item !== '');
    return `CTI ${ctiMgrClass.toLowerCase()}s${items.length === 0 ? '' : ` of ${itemWords(items, 'name')}`}`;
  }
  const { deviceClass, status, items, selectBy, nodeName } = query;
  const isAll = items.length === 1 && items[0] === '*';
  const what = deviceClass === 'Any' ? 'all devices' : classWords(deviceClass);
  const parts = [
    isAll ? what : itemWords(items, selectBy === 'DirNumber' ? 'number' : 'name'),
    ...(isAll || deviceClass === 'Any' ? [] : [what]),
    ...(status === 'Any' ? [] : [status]),
    ...(nodeName === '' ? [] : [`on ${nodeName}`]),
  ];
  return parts.join(', ');
}

function itemWords(items: readonly string[], one: string): string {
  return items.length > 3 ? counted(items.length, one) : items.map((item) => shortened(item, 40)).join(', ');
}

const MOST_IN_STATUS = 8;

/** The same for `status`, in a few lines a cluster. */
export function planBlocks(report: PlanReport, now: number): readonly Block[] {
  const { cluster, standing, lossSeenMs, requestsPerMinute, allowance, devices, audit } = report;
  const head = [{ text: `What is watched of ${cluster}`, style: 'strong' as const }];
  if (standing.length === 0) return [{ type: 'text', text: [...head, { text: ': nothing' }] }];
  const more = standing.length - MOST_IN_STATUS;
  return [
    { type: 'text', text: head },
    ...troubleBlocks(report),
    {
      type: 'facts',
      facts: [
        {
          label: 'A loss',
          value: lossSeenMs === null ? 'is not seen yet' : `is seen within ${duration(lossSeenMs)} (95 %)`,
        },
        {
          label: 'Requests',
          value: `${rate(requestsPerMinute)} of ${count(allowance)} a minute when it is quiet`,
        },
        {
          label: 'Devices known',
          value: `${count(devices)}${audit === null ? '' : `, a walk through all of them in ${counted(audit.requests, 'request')}`}`,
        },
        ...standing
          .slice(0, MOST_IN_STATUS)
          .map((one) => ({ label: queryWords(one.query), value: askedWords(one, now) })),
        ...(more > 0 ? [{ label: 'and', value: counted(more, 'query', 'queries') }] : []),
      ],
    },
  ];
}

function askedWords({ everyMs, rows, lastAskedAt }: PlanReport['standing'][number], now: number): string {
  const asked = lastAskedAt === null ? 'not asked yet' : `asked ${duration(now - lastAskedAt)} ago`;
  return `every ${duration(everyMs)}, ${asked}${rows === null ? '' : `, ${counted(rows, 'row')}`}`;
}
