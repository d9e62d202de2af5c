/** Tables. https://docs.slack.dev/reference/block-kit/blocks/table-block and data-table-block */
import { isList, isObject, type Json, type JsonObject, textAt } from '../json.ts';
import { BLOCK } from '../limits.ts';
import { checkRichText } from './rich-text.ts';
import {
  byType,
  type Findings,
  flag,
  listOf,
  number,
  oneOf,
  type Rule,
  report,
  shaped,
  text,
} from './rule.ts';

const cell: Rule = byType({
  raw_text: shaped({ required: { text: text(BLOCK.tableText) } }),
  raw_number: shaped({ required: { value: number, text: text(BLOCK.tableText) } }),
  rich_text: (value, at, findings) => {
    if (!isObject(value)) return;
    if (value['elements'] === undefined) report(findings, at, 'missing required field: elements');
    checkRichText(value, at, findings);
  },
});

const settings = listOf(
  shaped({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }),
  BLOCK.tableColumns,
  0,
);

/** Rows, cells, and all the text in them; a message has one table at most. */
export function table(value: JsonObject, at: string, findings: Findings): void {
  findings.tables += 1;
  checkRows(value['rows'], `${at}/rows`, findings);
  const columns = value['column_settings'];
  if (columns !== undefined) settings(columns, `${at}/column_settings`, findings);
}

export function dataTable(value: JsonObject, at: string, findings: Findings): void {
  checkRows(value['rows'], `${at}/rows`, findings);
  const size = value['page_size'];
  if (typeof size === 'number' && (size < 1 || size > 100)) {
    report(findings, `${at}/page_size`, 'must be between 1 and 100');
  }
}

function checkRows(rows: Json | undefined, at: string, findings: Findings): void {
  if (rows === undefined) return;
  listOf(listOf(cell, BLOCK.tableColumns), BLOCK.tableRows)(rows, at, findings);
  if (!isList(rows)) return;
  const widths = new Set(rows.map((row) => (isList(row) ? row.length : 0)));
  if (widths.size > 1) report(findings, at, 'all rows must have the same number of cells');
  const characters = rows.flatMap((row) => (isList(row) ? row : [])).reduce(countText, 0);
  if (characters > BLOCK.tableText) {
    report(findings, at, `must be less than ${BLOCK.tableText + 1} characters in all cells`);
  }
}

function countText(sum: number, value: Json): number {
  if (isList(value)) return value.reduce(countText, sum);
  if (!isObject(value)) return sum;
  return countText(sum + (textAt(value, 'text')?.length ?? 0), value['elements'] ?? null);
}
