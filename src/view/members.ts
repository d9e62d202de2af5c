/** The devices of an incident as a table and as a file. */
import { MODELS } from '../device/models.ts';
import { STATUS_REASONS } from '../device/reasons.ts';
import type { Member } from '../watch/incident.ts';
import type { Rows } from './csv.ts';
import { awayWords, isCti, reasonOf, stateSpan } from './member-words.ts';
import { moment, shortened } from './text.ts';
import type { Block, Column, Page, Text } from './view.ts';

interface MemberColumn extends Column {
  readonly cell: (member: Member, now: number) => Text;
}

const COLUMNS: readonly MemberColumn[] = [
  { label: 'Name', cell: ({ name }) => shortened(name, 60) },
  { label: 'State', cell: (member) => [stateSpan(member)] },
  { label: 'Since (UTC)', cell: sinceWords },
  { label: 'Away', align: 'right', cell: awayWords },
  { label: 'Was on', cell: ({ from }) => from ?? '' },
  { label: 'Now on', yields: 1, cell: ({ to }) => to ?? '' },
  { label: 'Reason', yields: 2, cell: (member) => (isUp(member) ? '' : reasonOf(member)) },
  { label: 'Numbers', yields: 3, whole: true, cell: ({ numbers = [] }) => numbers.slice(0, 2).join(', ') },
  { label: 'Description', yields: 4, cell: ({ description }) => shortened(description, 60) },
  { label: 'Address', yields: 5, whole: true, cell: ({ ip }) => ip },
];

function isUp({ state }: Member): boolean {
  return state === 'back' || state === 'moved';
}

/** By the day of the card, the time alone. */
function sinceWords({ state, since }: Member, at: number): string {
  if (state === 'moved') return '';
  const [day = '', time = ''] = moment(since).split(' ');
  return moment(at).startsWith(day) ? time : `${day} ${time}`;
}

/** A row each, with how long each has been away. `now` in epoch milliseconds. */
export function memberTable(members: readonly Member[], now: number, page?: Page): Block {
  return tableWithout('Since (UTC)', members, now, page);
}

/** For what stands in a room for hours: since when, for "2 min" would not be so for long. `at`: when it is said. */
export function lastingTable(members: readonly Member[], at: number): Block {
  return tableWithout('Away', members, at);
}

/** Columns in which nobody has anything are left out. */
function tableWithout(label: string, members: readonly Member[], now: number, page?: Page): Block {
  const wanted = COLUMNS.filter((column) => column.label !== label);
  const filled = wanted
    .map(({ cell, ...column }) => ({ column, cells: members.map((one) => cell(one, now)) }))
    .filter(
      ({ column, cells }, at) =>
        at < 2 || column.yields === undefined || cells.some((cell) => cell.length > 0),
    );
  return {
    type: 'table',
    columns: filled.map(({ column }) => column),
    rows: members.map((_, row) => filled.map(({ cells }) => cells[row] ?? '')),
    ...(page && { page }),
  };
}

/** All of them, for spreadsheets. */
export function memberRows(members: readonly Member[]): Rows {
  return {
    columns: [
      'name',
      'state',
      'since',
      'changed',
      'from',
      'to',
      'reason',
      'cause',
      'class',
      'model',
      'numbers',
      'missing',
      'description',
      'address',
    ],
    cells: members.map((member) => [
      member.name,
      member.state,
      iso(member.since),
      iso(member.changedAt),
      member.from ?? '',
      member.to ?? '',
      member.statusReason === null ? '' : String(member.statusReason),
      causeOf(member),
      member.deviceClass,
      member.model === null ? '' : (MODELS.get(member.model) ?? String(member.model)),
      (member.numbers ?? []).join(' '),
      (member.missing ?? []).join(' '),
      member.description,
      member.ip,
    ]),
  };
}

/** What a reason means; blank for what gives none, and for CTI, whose codes are others. */
export function causeOf({ statusReason, deviceClass }: Pick<Member, 'statusReason' | 'deviceClass'>): string {
  const code = statusReason ?? 0;
  return code === 0 || isCti(deviceClass) ? '' : (STATUS_REASONS.get(code)?.cause ?? '');
}

function iso(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
