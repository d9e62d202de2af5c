/** What stands between somebody and the watch: there is none, it is not theirs, or there is nothing of that number. */
import { counted, shortened } from './text.ts';
import type { View } from './view.ts';

/** This risbot only answers questions. */
export function noDeskView(verb: string): View {
  const title = `${verb} needs a risbot that keeps watch, and this one only answers`;
  const remedy = 'risbot serve keeps watch; ask it in Slack or Webex.';
  return {
    outcome: 'failed',
    title,
    tone: 'warn',
    blocks: [{ type: 'text', text: remedy }],
    actions: [{ label: 'What is down', command: 'down' }],
    data: { error: { code: 'no-watch', message: title, remedy } },
  };
}

/** There is nobody, or no room, that could be told. */
export function noRoomView(verb: string): View {
  const title = `${verb} needs a room to tell, and here is none`;
  const remedy = 'Ask in the room that is to be told.';
  return {
    outcome: 'failed',
    title,
    tone: 'warn',
    blocks: [{ type: 'text', text: remedy }],
    actions: [],
    data: { error: { code: 'no-room', message: title, remedy } },
  };
}

export type Thing = 'watch' | 'mute' | 'incident';
/** other-room: made there by somebody else; role-too-low: in that cluster. */
export type Forbidden = 'other-room' | 'role-too-low';

export function notYoursView(what: Thing, ids: readonly number[], why: Forbidden): View {
  const which = `${capital(what)} ${ids.map((id) => `#${id}`).join(', ')}`;
  const title =
    why === 'other-room' ? `${which} belongs to another room` : `You may not change ${which.toLowerCase()}`;
  const remedy =
    why === 'other-room'
      ? 'Ask there. Whoever made it may change it anywhere, and so may an admin.'
      : 'It takes the role operator in its cluster.';
  return {
    outcome: 'refused',
    title,
    tone: 'warn',
    blocks: [{ type: 'text', text: remedy }],
    actions: [],
    data: { error: { code: 'refused', message: title, reason: why, remedy } },
  };
}

/** No watch, mute or incident answers to what was typed. */
export function noSuchView(what: Thing, typed: string): View {
  const list = { watch: 'watches', mute: 'mute', incident: 'incidents' }[what];
  const button = what === 'mute' ? [] : [{ label: capital(list), command: list }];
  return {
    outcome: 'nothing',
    title: typed === '' ? `There is no ${what} here` : `There is no ${what} ${shortened(typed, 80)} here`,
    tone: 'muted',
    blocks: [],
    actions: button,
    data: { [list]: [] },
  };
}

/** Several could be meant. */
export function whichView(
  what: Thing,
  ids: readonly number[],
  verb: string,
  items: readonly string[] = [],
): View {
  return {
    outcome: 'misread',
    title: `${counted(ids.length, what, what === 'watch' ? 'watches' : `${what}s`)} here: which one?`,
    tone: 'warn',
    blocks: items.length === 0 ? [] : [{ type: 'list', items: items.slice(0, 10) }],
    actions: ids.slice(0, 10).map((id) => ({ label: `#${id}`, command: `${verb} ${id}` })),
    data: { error: { code: 'misread', message: 'which one', reason: 'ambiguous' } },
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
