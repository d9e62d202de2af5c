/** Buttons, and what a pressed one means. */
import type { ActionsBlock, Button } from '@slack/types';
import { cleanLine } from '../../src/view/clean.ts';
import type { Action } from '../../src/view/view.ts';
import { shorten } from './escape.ts';
import { LIMITS } from './limits.ts';

/** Part of every `action_id`; a change of what buttons carry counts it up, so that old ones are told from new. */
const VERSION = '1';
const OURS = 'ris';

export const SHARE_ACTION = `${OURS}:${VERSION}:share`;

/** Commands weigh on the message as text does: beyond this sum they are remembered here instead of carried by the button. */
const COMMANDS_LENGTH = 4000;
const MOST_BUTTONS = 24;

export interface ActionOptions {
  /** Adds a Share button; a string becomes its `value`. */
  readonly share?: boolean | string;
  /** Keeps a command that is too long for a button and returns a short key for it; without it such a button is left out. */
  readonly remember?: (command: string) => string;
}

/** What a pressed button asks for. */
export type Pressed =
  | { readonly type: 'command'; readonly command: string }
  /** The key that `remember` returned. */
  | { readonly type: 'remembered'; readonly key: string }
  | { readonly type: 'share'; readonly value: string }
  /** A button of an older version of risbot, or a newer one. */
  | { readonly type: 'outdated' };

/** Reads a button; null for one that is not ours. `value` is the action's, undefined when it has none. */
export function readAction(actionId: string, value: string | undefined): Pressed | null {
  const [ours, version, name = ''] = actionId.split(':');
  if (ours !== OURS) return null;
  if (version !== VERSION) return { type: 'outdated' };
  if (name === 'share') return { type: 'share', value: value ?? '' };
  if (/^\d+$/.test(name)) return { type: 'command', command: value ?? '' };
  return /^k\d+$/.test(name) ? { type: 'remembered', key: value ?? '' } : { type: 'outdated' };
}

/** Actions → one actions block, or none. `dropped` counts the buttons that Slack has no room for. */
export function renderActions(
  actions: readonly Action[],
  options: ActionOptions,
): { readonly blocks: ActionsBlock[]; readonly dropped: number } {
  const buttons: Button[] = [];
  let length = 0;
  for (const [index, action] of actions.entries()) {
    if (buttons.length === MOST_BUTTONS) break;
    const carried = carry(action.command, index, COMMANDS_LENGTH - length, options.remember);
    if (carried === null) continue;
    length += carried.value?.length ?? 0;
    buttons.push({ ...button(action.label), ...carried, ...(action.style && { style: action.style }) });
  }
  const dropped = actions.length - buttons.length;
  if (options.share !== undefined && options.share !== false) buttons.push(shareButton(options.share));
  return { blocks: buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }], dropped };
}

function carry(
  command: string,
  index: number,
  room: number,
  remember: ActionOptions['remember'],
): { readonly action_id: string; readonly value?: string } | null {
  const actionId = `${OURS}:${VERSION}:${index}`;
  // Slack takes no empty value, and a button without one is the empty command.
  if (command === '') return { action_id: actionId };
  if (command.length <= Math.min(LIMITS.buttonValue.most, room)) {
    return { action_id: actionId, value: command.toWellFormed() };
  }
  const key = remember?.(command) ?? '';
  const fits = key !== '' && key.length <= LIMITS.buttonValue.most;
  return fits ? { action_id: `${OURS}:${VERSION}:k${index}`, value: key } : null;
}

function shareButton(share: true | string): Button {
  const value = typeof share === 'string' && share !== '' ? { value: share } : {};
  return { ...button('Share'), action_id: SHARE_ACTION, ...value };
}

function button(label: string): Button {
  const text = shorten(cleanLine(label), LIMITS.buttonText.most);
  return { type: 'button', text: { type: 'plain_text', text: text === '' ? '…' : text, emoji: false } };
}
