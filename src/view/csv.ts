/** Rows as a file for spreadsheets, in which nothing that CUCM holds becomes a formula. */
import { stringify } from 'csv-stringify/sync';
import type { Device } from '../device/device.ts';
import { MODELS } from '../device/models.ts';
import { PRODUCTS } from '../device/products.ts';
import { STATUS_REASONS } from '../device/reasons.ts';
import type { Found } from './answer.ts';
import { addressesOf, numbersOf } from './text.ts';
import type { Block, View } from './view.ts';

export type Rows = NonNullable<View['rows']>;

/** Spreadsheets look past these before they decide what a cell is. */
const LEADING_SPACE_FORMULA = /^[\s\u00A0]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Comma-separated, quoted where needed, a header first, lines ended by CR LF as RFC 4180 has it. A cell that starts like a formula
 * (`=`, `+`, `-`, `@`, tab, line end, also after spaces) gets an apostrophe in front.
 */
export function toCsv(rows: Rows): string {
  const cells = rows.cells.map((row) =>
    row.map((cell) => (LEADING_SPACE_FORMULA.test(cell) ? `'${cell}` : cell)),
  );
  return stringify([[...rows.columns], ...cells], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
  });
}

export function csvFile(name: string, rows: Rows): Block {
  return { type: 'file', name, mediaType: 'text/csv', content: toCsv(rows) };
}

type Column = readonly [label: string, cell: (device: Device) => string];

const COLUMNS: readonly Column[] = [
  ['name', (device) => device.name],
  ['status', (device) => device.status],
  ['node', (device) => device.node],
  ['since', (device) => iso(device.timeStamp)],
  ['reason', (device) => text(device.statusReason)],
  ['cause', (device) => (isUp(device) ? '' : (STATUS_REASONS.get(device.statusReason ?? 0)?.cause ?? ''))],
  ['class', (device) => device.deviceClass],
  ['model', (device) => named(device.model, MODELS)],
  ['product', (device) => named(device.product, PRODUCTS)],
  ['numbers', (device) => numbersOf(device).join(' ')],
  ['description', (device) => device.description],
  ['user', (device) => device.loginUserId],
  ['addresses', (device) => addressesOf(device).join(' ')],
  ['protocol', (device) => device.protocol],
  ['load', (device) => device.activeLoadId],
  ['otherLoad', (device) => device.inactiveLoadId],
  ['download', (device) => device.downloadStatus],
  ['downloadFailure', (device) => device.downloadFailureReason],
];

/** All devices of an answer, a row each, whatever page is shown. */
export function deviceRows(found: readonly Found[]): Rows {
  return {
    columns: COLUMNS.map(([label]) => label),
    cells: found.map(({ device }) => COLUMNS.map(([, cell]) => cell(device))),
  };
}

function isUp(device: Device): boolean {
  return device.status === 'Registered' || (device.statusReason ?? 0) === 0;
}

function named(number: number | null, table: ReadonlyMap<number, string>): string {
  return number === null ? '' : (table.get(number) ?? String(number));
}

function text(number: number | null): string {
  return number === null ? '' : String(number);
}

function iso(seconds: number | null): string {
  const date = new Date((seconds ?? 0) * 1000);
  return seconds === null || seconds <= 0 || Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
