/** Buttons, and what a pressed one means. */
import { cleanLine, shorten } from '../../src/view/clean.ts';
import type { Action } from '../../src/view/view.ts';
import { type CardAction, type Submit, type SubmitData, withActions } from './card.ts';
import { inertText } from './escape.ts';
import { bytesOf, LIMITS } from './limits.ts';

/** In the data of every button; a change of what buttons carry counts it up, so that old ones are told from new. */
const VERSION = 1;
const FORM = 'form';
const MORE = 'More…';

/** In bytes. Longer commands are remembered here instead of carried by the button. */
const LONGEST_COMMAND = 1000;
/** All commands of a card together: they weigh on it as text does. */
const COMMANDS = 3000;
/** Those of the card and of one more that unfolds: further levels are a game of hide-and-seek. */
const MOST_BUTTONS = 2 * LIMITS.cardActions.most - 1;
const LONGEST_TITLE = 60;

export interface ActionOptions {
  /** Keeps a command that is too long for a button and returns a short key for it; without it such a button is left out. */
  readonly remember?: (command: string) => string;
  /** Marks the buttons of a card that was said unasked: an answer does not take its place. */
  readonly kept?: boolean;
}

/** What a pressed button asks for. `kept` is what the card was made with; whoever may press may also lie about it. */
export type Pressed =
  | { readonly type: 'command'; readonly command: string; readonly kept: boolean }
  /** The key that `remember` returned. */
  | { readonly type: 'remembered'; readonly key: string; readonly kept: boolean }
  /** `readForm` says what it comes to. */
  | { readonly type: 'form'; readonly inputs: Readonly<Record<string, unknown>> }
  /** A button of an older version of risbot, or a newer one. */
  | { readonly type: 'outdated' };

/** What the form's own button carries. */
export const FORM_DATA: SubmitData = { ris: VERSION, [FORM]: true };

/** Reads the inputs of an attachment action; null for what no button of ours sends. Nothing of it is taken on trust: anybody in the room can send any. */
export function readSubmit(inputs: unknown): Pressed | null {
  if (!isRecord(inputs)) return null;
  const version = own(inputs, 'ris');
  if (typeof version !== 'number' && typeof version !== 'string') return null;
  if (String(version) !== String(VERSION)) return { type: 'outdated' };
  const kept = isTrue(own(inputs, 'kept'));
  if (isTrue(own(inputs, FORM))) return { type: 'form', inputs };
  const command = shortText(own(inputs, 'command'));
  if (command !== null) return { type: 'command', command, kept };
  const key = shortText(own(inputs, 'key'));
  if (key !== null) return { type: 'remembered', key, kept };
  return Object.hasOwn(inputs, 'command') || Object.hasOwn(inputs, 'key') ? null : { type: 'outdated' };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never something inherited. */
export function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Values may come back as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function shortText(value: unknown): string | null {
  return typeof value === 'string' && bytesOf(value) <= LONGEST_COMMAND ? value : null;
}

/** Actions → buttons of a card, the sixth and those after it behind `More…`. `dropped` counts those without room. */
export function renderActions(
  actions: readonly Action[],
  options: ActionOptions,
): { readonly actions: readonly CardAction[]; readonly dropped: number } {
  const buttons: Submit[] = [];
  let room = COMMANDS;
  for (const action of actions) {
    if (buttons.length === MOST_BUTTONS) break;
    const data = carry(action.command, room, options);
    if (data === null) continue;
    room -= bytesOf(JSON.stringify(data));
    buttons.push(button(action, data));
  }
  return { actions: folded(buttons), dropped: actions.length - buttons.length };
}

function carry(command: string, room: number, options: ActionOptions): SubmitData | null {
  const kept = options.kept === true ? { kept: true } : {};
  if (bytesOf(command) <= Math.min(LONGEST_COMMAND, room)) {
    return { ris: VERSION, command: command.toWellFormed(), ...kept };
  }
  const key = options.remember?.(command) ?? '';
  return key !== '' && bytesOf(key) <= LONGEST_COMMAND ? { ris: VERSION, key, ...kept } : null;
}

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

function button({ label, style }: Action, data: SubmitData): Submit {
  const title = inertText(shorten(cleanLine(label), LONGEST_TITLE));
  return {
    type: 'Action.Submit',
    title: title === '' ? '…' : title,
    ...(style !== undefined && { style: STYLES[style] }),
    data,
  };
}

/** At most five on each card: the fifth unfolds what does not fit. */
function folded(buttons: readonly Submit[]): readonly CardAction[] {
  const { most } = LIMITS.cardActions;
  if (buttons.length <= most) return buttons;
  const card = { type: 'AdaptiveCard', ...withActions([], buttons.slice(most - 1)) } as const;
  const more = { type: 'Action.ShowCard', title: MORE, card } as const;
  return [...buttons.slice(0, most - 1), more];
}
