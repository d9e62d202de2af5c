/** Lines and their states. */
import {
  type Answer,
  answerData,
  type Found,
  noticeBlocks,
  readingBlocks,
  refresh,
  whereSeen,
} from './answer.ts';
import type { Rows } from './csv.ts';
import { PAGE_SIZE, pageActions } from './devices.ts';
import { count, counted, numbersOf, shortened, statusSpan } from './text.ts';
import type { Block, Page, Text, View } from './view.ts';

interface Line {
  readonly device: string;
  readonly number: string;
  readonly status: string;
}

/** Every line of the devices found, a row each. */
export function linesView(answer: Answer, missing: readonly string[]): View {
  const lines = answer.found.flatMap(linesOf);
  const last = Math.max(1, Math.ceil(lines.length / PAGE_SIZE));
  const page: Page = {
    number: Math.min(answer.page, last),
    size: PAGE_SIZE,
    total: lines.length,
    atLeast: !answer.complete,
  };
  return {
    outcome: 'answered',
    title: title(answer, lines),
    blocks: [
      ...readingBlocks(answer.readAs.filter((how) => !how.startsWith('device name'))),
      ...noticeBlocks(answer),
      ...(lines.length > 0 ? [table(lines, page)] : []),
      ...missingBlocks(missing),
    ],
    actions: [...pageActions(answer.command, page), refresh(answer.command)],
    data: answerData(answer),
    rows: lineRows(lines),
  };
}

/** From the states CUCM lists; without them the numbers are known, but not their states. */
function linesOf({ device }: Found): readonly Line[] {
  if (device.linesStatus.length > 0) {
    return device.linesStatus.map((line) => ({
      device: device.name,
      number: line.directoryNumber,
      status: line.status,
    }));
  }
  return numbersOf(device).map((number) => ({ device: device.name, number, status: 'Unknown' }));
}

function title(answer: Answer, lines: readonly Line[]): string {
  const up = lines.filter((line) => line.status === 'Registered').length;
  const only = answer.found.length === 1 ? answer.found[0]?.device.name : undefined;
  const who = only === undefined ? counted(answer.found.length, 'device') : shortened(only, 60);
  const most = answer.complete || only !== undefined ? '' : 'At least ';
  const has = answer.found.length === 1 ? 'has' : 'have';
  if (lines.length === 0) return `${who} ${has} no lines that CUCM knows of`;
  return `${most}${who} ${has} ${counted(lines.length, 'line')}, ${count(up)} registered${whereSeen(answer.nodes)}`;
}

function table(lines: readonly Line[], page: Page): Block {
  const start = (page.number - 1) * page.size;
  return {
    type: 'table',
    columns: [{ label: 'Device' }, { label: 'Number' }, { label: 'State' }],
    rows: lines
      .slice(start, start + page.size)
      .map((line): readonly Text[] => [
        shortened(line.device, 60),
        shortened(line.number, 60),
        [statusSpan(line.status)],
      ]),
    page,
  };
}

function missingBlocks(missing: readonly string[]): readonly Block[] {
  if (missing.length === 0) return [];
  const shown = missing.slice(0, 20).map((word) => shortened(word, 60));
  const more = missing.length > shown.length ? `, and ${count(missing.length - shown.length)} more` : '';
  return [{ type: 'notice', tone: 'warn', text: `No record of ${shown.join(', ')}${more}.` }];
}

function lineRows(lines: readonly Line[]): Rows {
  return {
    columns: ['device', 'number', 'status'],
    cells: lines.map((line) => [line.device, line.number, line.status]),
  };
}
