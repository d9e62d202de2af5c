/** `model` and `reason`: Cisco's numbers and what they mean. Asks CUCM nothing. */

import { contains } from '../device/glob.ts';
import { MODELS } from '../device/models.ts';
import { STATUS_REASONS } from '../device/reasons.ts';
import { modelView, reasonView } from '../view/tables.ts';
import type { View } from '../view/view.ts';
import type { Verb } from './command.ts';
import type { Command } from './parse.ts';

export const model: Verb = {
  name: 'model',
  summary: 'models by name or number',
  usage: 'model <text or number>',
  examples: ['model 8845', 'model webex desk', 'model 36224'],
  run: (command) => models(command),
  explain: (command) => models(command),
};

async function models(command: Command): Promise<View> {
  const text = words(command.words);
  const rows = [...MODELS].map(([number, name]) => ({ number, name }));
  const found = rows.filter((row) => contains(text, row.name) || row.number === Number(text || Number.NaN));
  return modelView(text, found, command.page);
}

export const reason: Verb = {
  name: 'reason',
  summary: 'what a status reason means, and what to do',
  usage: 'reason <code or text>',
  examples: ['reason 13', 'reason keepalive', 'reason'],
  run: (command) => reasons(command),
  explain: (command) => reasons(command),
};

async function reasons(command: Command): Promise<View> {
  const text = words(command.words);
  const rows = [...STATUS_REASONS.values()];
  const found = /^\d+$/.test(text)
    ? rows.filter((row) => row.code === Number(text))
    : rows.filter((row) => contains(text.replaceAll(' ', ''), row.name) || contains(text, row.cause));
  return reasonView(text, found);
}

/** Long enough for any name; a pasted page is no name. */
function words(typed: readonly string[]): string {
  return typed.join(' ').replace(/["']/g, '').trim().slice(0, 100);
}
