/** Several devices: a table by the page, a summary and a file when there are many. */
import type { Device } from '../device/device.ts';
import {
  type Answer,
  answerData,
  blindNames,
  type Found,
  noticeBlocks,
  readingBlocks,
  refresh,
  whereSeen,
} from './answer.ts';
import { COLUMNS, type DeviceColumn, modelName } from './columns.ts';
import { csvFile, deviceRows } from './csv.ts';
import { asSubject, count, counted, countedClass, shortened, statusWords } from './text.ts';
import type { Action, Block, Page, View } from './view.ts';

export const PAGE_SIZE = 10;
/** More rows than that are summed up first, and come as a file. */
export const SUMMARY_FROM = 50;

export interface TableOptions {
  /** Counts as this class in the title. */
  readonly deviceClass?: string;
  /** What to say of all of them: "not registered". */
  readonly what?: string;
  /** Blocks between title and table. */
  readonly before?: readonly Block[];
  /** Names and numbers asked for that CUCM has no record of. */
  readonly missing?: readonly string[];
  readonly fileName?: string;
  readonly columns?: readonly DeviceColumn[];
  /** Further actions, in front of Refresh. */
  readonly actions?: readonly Action[];
  /** False when `before` sums up already. */
  readonly summed?: boolean;
}

/** A table of devices with Next and Previous. The count is the true one, "at least" when a reply was cut. */
export function deviceTable(answer: Answer, options: TableOptions = {}): View {
  const { found, cluster } = answer;
  const rows = deviceRows(found);
  const page = pageOf(answer);
  const many = found.length > SUMMARY_FROM && page.number === 1;
  const counts = countedClass(found.length, options.deviceClass ?? 'Any');
  const what = options.what === undefined ? '' : ` ${options.what}`;
  const blocks: Block[] = [
    ...readingBlocks(answer.readAs.filter((how) => !how.startsWith('device name'))),
    ...noticeBlocks(answer),
    ...(options.before ?? []),
    ...(many && options.summed !== false ? summaryBlocks(found.map(({ device }) => device)) : []),
    table(answer, page, options.columns ?? COLUMNS),
    ...missingBlocks(options.missing ?? [], answer),
    ...(many ? [csvFile(options.fileName ?? 'devices.csv', rows)] : []),
  ];
  return {
    outcome: 'answered',
    title: `${answer.complete ? '' : 'At least '}${counts}${what} in ${cluster}${whereSeen(answer.nodes)}`,
    blocks,
    actions: [
      ...pageActions(answer.command, page),
      ...nextSteps(onPage(answer, page), answer),
      ...(options.actions ?? []),
      refresh(answer.command),
    ],
    data: answerData(answer),
    rows,
  };
}

/** What people do next with a table: look at the only one, or ask why those that are lost are lost. */
function nextSteps(shown: readonly Found[], answer: Answer): readonly Action[] {
  const [first, ...others] = shown;
  const lost = shown.filter(({ device }) => device.status !== 'Registered');
  const why = {
    label: 'Why',
    command: `why ${lost.map(({ device }) => asSubject(device.name)).join(' ')}${answer.inCluster}`,
  };
  return [
    ...(first !== undefined && others.length === 0
      ? [{ label: 'Details', command: `${asSubject(first.device.name)}${answer.inCluster}` }]
      : []),
    ...(lost.length > 0 ? [why] : []),
  ];
}

function onPage(answer: Answer, page: Page): readonly Found[] {
  const start = (page.number - 1) * page.size;
  return answer.found.slice(start, start + page.size);
}

function pageOf(answer: Answer): Page {
  const total = answer.found.length;
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return { number: Math.min(answer.page, last), size: PAGE_SIZE, total, atLeast: !answer.complete };
}

function table(answer: Answer, page: Page, columns: readonly DeviceColumn[]): Block {
  const shown = onPage(answer, page).map(({ device }) => device);
  const filled = columns
    .map(({ cell, ...column }) => ({ column, cells: shown.map((device) => cell(device, answer.now)) }))
    // Gateways have no numbers, soft clients no address: a column of blanks tells nothing.
    .filter(({ column, cells }) => column.yields === undefined || cells.some((cell) => cell.length > 0));
  return {
    type: 'table',
    columns: filled.map(({ column }) => column),
    rows: shown.map((_, row) => filled.map(({ cells }) => cells[row] ?? '')),
    page,
  };
}

/** Next and Previous, as far as there are any. */
export function pageActions(command: string, page: Page): readonly Action[] {
  const last = Math.ceil(page.total / page.size);
  return [
    ...(page.number > 1 ? [{ label: 'Previous', command: `${command} page:${page.number - 1}` }] : []),
    ...(page.number < last ? [{ label: 'Next', command: `${command} page:${page.number + 1}` }] : []),
  ];
}

function summaryBlocks(devices: readonly Device[]): readonly Block[] {
  return [
    {
      type: 'facts',
      facts: [
        { label: 'By state', value: topCounts(devices.map((device) => statusWords(device.status))) },
        { label: 'By node', value: topCounts(devices.map((device) => device.node)) },
        { label: 'By model', value: topCounts(devices.map((device) => modelName(device) || 'unknown')) },
      ],
    },
  ];
}

/** `cucm1 (120), cucm2 (80), 3 others (12)`: the largest first. */
export function topCounts(words: readonly string[], most = 6): string {
  const sizes = tally(words);
  // "1 other" would take as much room as its name.
  const whole = sizes.length <= most + 1 ? sizes.length : most;
  const shown = sizes.slice(0, whole).map(([word, n]) => `${shortened(word, 60)} (${count(n)})`);
  const rest = sizes.slice(whole);
  const others = rest.reduce((sum, [, n]) => sum + n, 0);
  return [...shown, ...(rest.length > 0 ? [`${counted(rest.length, 'other')} (${count(others)})`] : [])].join(
    ', ',
  );
}

/** How often each word stands there, the most frequent first. */
export function tally(words: readonly string[]): readonly (readonly [word: string, n: number])[] {
  const sizes = new Map<string, number>();
  for (const word of words) sizes.set(word, (sizes.get(word) ?? 0) + 1);
  return [...sizes].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

function missingBlocks(missing: readonly string[], answer: Answer): readonly Block[] {
  if (missing.length === 0) return [];
  const shown = missing.slice(0, 20).map((word) => shortened(word, 60));
  const more = missing.length > 20 ? `, and ${count(missing.length - 20)} more` : '';
  const blind = blindNames(answer.nodes).length > 0;
  const text = blind
    ? `Not found on the nodes that answered (${count(missing.length)}): ${shown.join(', ')}${more}.`
    : `No record in CUCM (${count(missing.length)}), so mistyped, deleted or never registered: ${shown.join(', ')}${more}.`;
  return [{ type: 'notice', tone: 'warn', text }];
}
