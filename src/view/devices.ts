/** Several devices: a table by the page, a summary and a file when there are many; and what to say when there are none. */
import type { Device } from '../device/device.ts';
import { MODELS } from '../device/models.ts';
import {
  type Answer,
  answerData,
  blindNames,
  noticeBlocks,
  readingBlocks,
  refresh,
  whereSeen,
} from './answer.ts';
import { addressText, sinceMs } from './card.ts';
import { csvFile, deviceRows } from './csv.ts';
import {
  asSubject,
  count,
  counted,
  countedClass,
  duration,
  joined,
  numbersOf,
  quoted,
  shortened,
  statusSpan,
  statusWords,
} from './text.ts';
import type { Action, Block, Page, Text, View } from './view.ts';

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
    ...readingBlocks(answer.readAs),
    ...noticeBlocks(answer),
    ...(options.before ?? []),
    ...(many ? summaryBlocks(found.map(({ device }) => device)) : []),
    table(answer, page),
    ...missingBlocks(options.missing ?? [], answer),
    ...(many ? [csvFile(options.fileName ?? 'devices.csv', rows)] : []),
  ];
  return {
    outcome: 'answered',
    title: `${answer.complete ? '' : 'At least '}${counts}${what} in ${cluster}${whereSeen(answer.nodes)}`,
    blocks,
    actions: [...pageActions(answer.command, page), refresh(answer.command)],
    data: answerData(answer),
    rows,
  };
}

function pageOf(answer: Answer): Page {
  const total = answer.found.length;
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return { number: Math.min(answer.page, last), size: PAGE_SIZE, total, atLeast: !answer.complete };
}

function table(answer: Answer, page: Page): Block {
  const start = (page.number - 1) * page.size;
  const shown = answer.found.slice(start, start + page.size).map(({ device }) => device);
  return {
    type: 'table',
    columns: [
      { label: 'Name' },
      { label: 'State' },
      { label: 'For', align: 'right' },
      { label: 'Node' },
      { label: 'Numbers' },
      { label: 'Model' },
      { label: 'Address' },
      { label: 'Description' },
    ],
    rows: shown.map((device) => deviceRow(device, answer.now)),
    page,
  };
}

function deviceRow(device: Device, now: number): readonly Text[] {
  const since = sinceMs(device);
  return [
    shortened(device.name),
    [statusSpan(device.status)],
    since === null ? '' : duration(now - since),
    device.node,
    shortened(numbersOf(device).join(', '), 60),
    modelName(device),
    addressText(device),
    shortened(device.description, 60),
  ];
}

function modelName(device: Device): string {
  return device.model === null
    ? ''
    : (MODELS.get(device.model) ?? `model ${device.model}`).replace(/^Cisco /, '');
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
  const shown = sizes.slice(0, most).map(([word, n]) => `${shortened(word, 60)} (${count(n)})`);
  const rest = sizes.slice(most);
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

export interface NothingOptions {
  /** What was looked for, as typed. */
  readonly wanted: readonly string[];
  /** Known names that come near. */
  readonly nearest: readonly string[];
  /** Other clusters that may know it. */
  readonly elsewhere: readonly string[];
  /** A command that the words may have meant. */
  readonly meant?: string;
}

/** Never seen is not down. */
export function nothingFound(answer: Answer, options: NothingOptions): View {
  const wanted = joined(
    options.wanted.slice(0, 3).map((word) => shortened(word, 60)),
    'or',
  );
  const more = options.wanted.length > 3 ? ` and ${count(options.wanted.length - 3)} more` : '';
  const blind = blindNames(answer.nodes);
  const unsure =
    blind.length > 0 ? `${joined(blind)} did not answer` : answer.complete ? '' : 'the reply was cut';
  const title =
    unsure !== ''
      ? `Cannot tell about ${wanted}${more}: ${unsure}, and what was seen holds no record`
      : `CUCM has no record of ${wanted}${more}: mistyped, deleted or never registered`;
  const near = options.nearest.map((name) => ({
    label: shortened(name, 60),
    command: `${asSubject(name)}${answer.inCluster}`,
  }));
  const nearest: Block = {
    type: 'text',
    text: `Nearest known: ${joined(options.nearest.map((name) => shortened(name, 60)))}.`,
  };
  return {
    outcome: 'nothing',
    title,
    tone: unsure !== '' ? 'warn' : 'muted',
    blocks: [...readingBlocks(answer.readAs), ...noticeBlocks(answer), ...(near.length > 0 ? [nearest] : [])],
    actions: [
      ...(options.meant === undefined
        ? []
        : [{ label: `Did you mean ${options.meant}?`, command: options.meant }]),
      ...near,
      ...elsewhere(answer.command, options.elsewhere),
      refresh(answer.command),
    ],
    data: answerData(answer),
    rows: deviceRows([]),
  };
}

function elsewhere(command: string, clusters: readonly string[]): readonly Action[] {
  const bare = command.replace(/(?:^|\s)in:(?:"[^"]*"|\S+)/gi, '').trim();
  return clusters.slice(0, 3).map((name) => ({
    label: `Ask ${name}`,
    command: `${bare} in:${/^[\w.-]+$/.test(name) ? name : quoted(name)}`,
  }));
}

/** A search that found nothing is an answer about the search, not about a device. */
export function nothingMatches(answer: Answer, what: string, clusters: readonly string[]): View {
  const blind = blindNames(answer.nodes);
  return {
    outcome: 'nothing',
    title: `No ${what} in ${answer.cluster}${whereSeen(answer.nodes)}`,
    tone: blind.length > 0 ? 'warn' : 'muted',
    blocks: [...readingBlocks(answer.readAs), ...noticeBlocks(answer)],
    actions: [...elsewhere(answer.command, clusters), refresh(answer.command)],
    data: answerData(answer),
    rows: deviceRows([]),
  };
}
