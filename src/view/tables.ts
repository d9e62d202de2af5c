/** Cisco's tables of models and reasons, as people look things up in them. */
import type { StatusReason } from '../device/reasons.ts';
import { PAGE_SIZE, pageActions } from './devices.ts';
import { counted, quoted } from './text.ts';
import type { Page, View } from './view.ts';

export interface ModelRow {
  readonly number: number;
  readonly name: string;
}

export function modelView(text: string, found: readonly ModelRow[], wantedPage: number): View {
  const number = Math.min(wantedPage, Math.max(1, Math.ceil(found.length / PAGE_SIZE)));
  const page: Page = { number, size: PAGE_SIZE, total: found.length, atLeast: false };
  const only = found.length === 1 ? found[0] : undefined;
  const rows = {
    columns: ['number', 'model'],
    cells: found.map((row) => [String(row.number), row.name]),
  };
  const start = (number - 1) * PAGE_SIZE;
  return {
    outcome: found.length === 0 ? 'nothing' : 'answered',
    title:
      only !== undefined
        ? `${only.name} is model ${only.number}`
        : found.length === 0
          ? `I know no model ${quoted(text)}`
          : `${counted(found.length, 'model')}${text === '' ? '' : ` for ${quoted(text)}`}`,
    blocks:
      found.length === 0
        ? [{ type: 'text', text: 'Try a part of its name, such as 88 or desk, or its number in CUCM.' }]
        : [
            {
              type: 'table',
              columns: [{ label: 'Number', align: 'right' }, { label: 'Model' }],
              rows: rows.cells.slice(start, start + PAGE_SIZE),
              page,
            },
          ],
    actions: [
      ...pageActions(`model ${text}`.trim(), page),
      ...(only === undefined ? [] : [{ label: 'Find them', command: `find model:${only.number}` }]),
    ],
    data: { models: found },
    rows,
  };
}

export function reasonView(text: string, found: readonly StatusReason[]): View {
  const only = found.length === 1 ? found[0] : undefined;
  const rows = {
    columns: ['code', 'name', 'cause', 'nextStep'],
    cells: found.map((row) => [String(row.code), row.name, row.cause, row.nextStep]),
  };
  return {
    outcome: found.length === 0 ? 'nothing' : 'answered',
    title: reasonTitle(text, found),
    blocks:
      only !== undefined
        ? [{ type: 'facts', facts: reasonFacts(only) }]
        : found.length === 0
          ? [{ type: 'text', text: 'Type reason alone for all that I know.' }]
          : [
              {
                type: 'table',
                columns: [{ label: 'Code', align: 'right' }, { label: 'Name' }, { label: 'Meaning' }],
                rows: rows.cells.map((cells) => cells.slice(0, 3)),
              },
            ],
    actions: found.length === 0 ? [{ label: 'All reasons', command: 'reason' }] : [],
    data: { reasons: found },
    rows,
  };
}

function reasonTitle(text: string, found: readonly StatusReason[]): string {
  const only = found.length === 1 ? found[0] : undefined;
  if (only !== undefined) return `Reason ${only.code}, ${only.name}`;
  if (found.length === 0) return `I know no reason ${quoted(text)}`;
  return `${counted(found.length, 'reason')}${text === '' ? '' : ` for ${quoted(text)}`}`;
}

function reasonFacts(reason: StatusReason) {
  const facts = [
    { label: 'Meaning', value: reason.cause },
    { label: 'Next step', value: reason.nextStep },
  ];
  if (reason.recovers !== null) {
    facts.push({ label: 'Comes back by itself', value: reason.recovers ? 'Yes, as a rule' : 'No' });
  }
  return reason.protocol === null
    ? facts
    : [...facts, { label: 'Seen on', value: `${reason.protocol} devices` }];
}
